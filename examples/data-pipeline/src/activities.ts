import { activityInfo, cancelled, heartbeat } from '@perdure/activity';

export type Part = { readonly from: number; readonly to: number };
export type Counts = Readonly<Record<string, number>>;
export type Activities = ReturnType<typeof createActivities>;

/** How far an attempt came. */
type Progress = { readonly line: number; readonly counts: Counts };

/** The activities over the lines of a file. */
export function createActivities(lines: readonly string[], onLine: (line: number) => void = () => undefined) {
  return {
    /** Where the parts begin and end. */
    async split(linesPerPart: number): Promise<Part[]> {
      const parts: Part[] = [];
      for (let from = 0; from < lines.length; from += linesPerPart)
        parts.push({ from, to: Math.min(from + linesPerPart, lines.length) });
      return parts;
    },

    /** Counts the words of a part; an attempt goes on where the last one was heard of. */
    async countWords({ from, to }: Part): Promise<Counts> {
      const last = activityInfo().heartbeatDetails as Progress | undefined;
      const counts: Record<string, number> = { ...last?.counts };
      for (let line = last?.line ?? from; line < to; line++) {
        onLine(line);
        for (const word of lines[line]?.split(/\s+/).filter(Boolean) ?? []) counts[word] = (counts[word] ?? 0) + 1;
        heartbeat({ line: line + 1, counts: { ...counts } } satisfies Progress);
        // Lets a cancellation in, which a loop without a pause would never hear of.
        await Promise.race([cancelled(), new Promise(setImmediate)]);
      }
      return counts;
    },
  };
}
