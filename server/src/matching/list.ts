/**
 * A doubly linked list whose links live in the elements: joining and leaving cost no allocation, and leaving from the
 * middle needs no search. An element is in one list at a time.
 */
export interface List<N extends Linked<N>> {
  head: N | null;
  tail: N | null;
  size: number;
}

export interface Linked<N extends Linked<N>> {
  previous: N | null;
  next: N | null;
}

export const createList = <N extends Linked<N>>(): List<N> => ({ head: null, tail: null, size: 0 });

export function append<N extends Linked<N>>(list: List<N>, element: N): void {
  element.previous = list.tail;
  element.next = null;
  if (list.tail === null) list.head = element;
  else list.tail.next = element;
  list.tail = element;
  list.size++;
}

export function prepend<N extends Linked<N>>(list: List<N>, element: N): void {
  element.previous = null;
  element.next = list.head;
  if (list.head === null) list.tail = element;
  else list.head.previous = element;
  list.head = element;
  list.size++;
}

/** The element must be in this list. */
export function unlink<N extends Linked<N>>(list: List<N>, element: N): void {
  if (element.previous === null) list.head = element.next;
  else element.previous.next = element.next;
  if (element.next === null) list.tail = element.previous;
  else element.next.previous = element.previous;
  element.previous = null;
  element.next = null;
  list.size--;
}
