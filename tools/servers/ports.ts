import { createServer } from 'node:net';

/** True when nothing listens on this loopback port and it may be bound. */
export async function isPortFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return (await tryPort(port, host)) !== undefined;
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

async function tryPort(port: number, host: string): Promise<number | undefined> {
  try {
    const held = await holdPort(port, host);
    await held.release();
    return held.port;
  } catch {
    return undefined;
  }
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
