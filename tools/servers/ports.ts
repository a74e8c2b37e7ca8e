import { connect, createServer } from 'node:net';

/**
 * Tries to bind a port.
 * @returns undefined when it is free, else the error code of the system: `EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL`
 */
export async function portProblem(port: number, host = '127.0.0.1'): Promise<string | undefined> {
  try {
    await (await holdPort(port, host)).release();
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'EADDRINUSE';
  }
}

/**
 * Ports that are free now, all different, taken from the system's own choice.
 * @param count how many
 */
export async function freePorts(count: number): Promise<number[]> {
  const held = await Promise.all(Array.from({ length: count }, () => holdPort(0, '127.0.0.1')));
  const ports = held.map(({ port }) => port);
  await Promise.all(held.map(({ release }) => release()));
  return ports;
}

function holdPort(port: number, host: string): Promise<{ port: number; release: () => Promise<void> }> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      const bound = typeof address === 'object' && address !== null ? address.port : port;
      resolve({ port: bound, release: () => new Promise((done) => server.close(() => done())) });
    });
  });
}

/** True when something on this loopback port takes connections. */
export function takesConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: 2_000 });
    const settle = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
    socket.once('timeout', () => settle(false));
  });
}
