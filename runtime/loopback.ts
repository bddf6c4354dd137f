/** Whether a URL's host is this machine: 127.0.0.0/8, ::1, localhost (RFC 6761, section 6.3). */
export function isLoopback(hostname: string): boolean {
  return /^(127(\.\d+){3}|\[::1\]|\[::ffff:7f[0-9a-f]{2}:[0-9a-f]+\]|(.+\.)?localhost\.?)$/i.test(
    hostname,
  );
}
