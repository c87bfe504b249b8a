/** A key and its self-signed certificate for `transport.test` and `localhost`, good for tests only. */
const pem = (what: string, lines: readonly string[]): string =>
  `-----BEGIN ${what}-----\n${lines.join('\n')}\n-----END ${what}-----\n`;

export const testCertificate = {
  key: pem('PRIVATE KEY', [
    'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgNCZJJbZTVCAakJ6g',
    'A1JOX4hZWn5eQQTaNrFBn1h3iQWhRANCAASfYerTNbb/HYcnPVH1OxIEhQyrBzlN',
    '7QspBDEvA3JFKtu4gEkegRIWwfUfOZUYY5c6flbzu/UYbL5abZ5gsypm',
  ]),
  cert: pem('CERTIFICATE', [
    'MIIBrzCCAVWgAwIBAgIUAbKW3wFYQVwayLVB9/UEdJD91IswCgYIKoZIzj0EAwIw',
    'GTEXMBUGA1UEAwwOdHJhbnNwb3J0LnRlc3QwIBcNMjYxMTI3MjMxNTUxWhgPMjEy',
    'NjExMDMyMzE1NTFaMBkxFzAVBgNVBAMMDnRyYW5zcG9ydC50ZXN0MFkwEwYHKoZI',
    'zj0CAQYIKoZIzj0DAQcDQgAEn2Hq0zW2/x2HJz1R9TsSBIUMqwc5Te0LKQQxLwNy',
    'RSrbuIBJHoESFsH1HzmVGGOXOn5W87v1GGy+Wm2eYLMqZqN5MHcwHQYDVR0OBBYE',
    'FJ7HmfutHlM2TbqbZuKIwLVHVNUhMB8GA1UdIwQYMBaAFJ7HmfutHlM2TbqbZuKI',
    'wLVHVNUhMCQGA1UdEQQdMBuCDnRyYW5zcG9ydC50ZXN0gglsb2NhbGhvc3QwDwYD',
    'VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiArroriVXeGMdefwyg6QYsV',
    'fahjN8bavcqmV3L6CsAvVwIhANYI4GbrIXCtkoR9pdjg1Sx9sSv2GUGIUiPzfFjQ',
    'VzI4',
  ]),
};
