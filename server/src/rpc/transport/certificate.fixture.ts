/** A key and its self-signed certificate for `localhost`, good for tests only. */
const pem = (what: string, base64: string): string => `-----BEGIN ${what}-----\n${base64}\n-----END ${what}-----\n`;

const key =
  'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgKPEf7NkFYMNBHjrBKD7yogsgskccgMufUkFY8yK/7nyhRANCAATAIjdhEtZAuK11MgGClC3eVME6OHeS3e2dcOB4EFoZbZz3xgJ9k1C4sbjoGg6ood09SrTE0SnICAydEALNa3kd';
const certificate = [
  'MIIBnDCCAUGgAwIBAgIUWB2iAug4VFH4HPfCFtHxR83ORGwwCgYIKoZIzj0EAwIw',
  'FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMzEwNDUwMVoYDzIxMjYxMDMw',
  'MTA0NTAxWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO',
  'PQMBBwNCAATAIjdhEtZAuK11MgGClC3eVME6OHeS3e2dcOB4EFoZbZz3xgJ9k1C4',
  'sbjoGg6ood09SrTE0SnICAydEALNa3kdo28wbTAdBgNVHQ4EFgQUoceRU/qmZ5x1',
  '7HYlblgz8Q/IHvswHwYDVR0jBBgwFoAUoceRU/qmZ5x17HYlblgz8Q/IHvswDwYD',
  'VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI',
  'zj0EAwIDSQAwRgIhANRI/VCGHj43Npkh2KomPrZFfX6CkR9+zDBRIIjEmTtMAiEA',
  'uNfIB3Wb9qHUVkUqkWFMWDmHVnivv7p4+7l0Xx+w1Yg=',
];

export const testCertificate = {
  key: pem('PRIVATE KEY', key),
  cert: pem('CERTIFICATE', certificate.join('\n')),
};
