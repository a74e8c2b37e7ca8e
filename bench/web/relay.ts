import { connect, createServer, type Socket } from 'node:net';

/** An address of its own in front of a stack, so that the line to it can be cut. */
export interface Relay {
  readonly url: string;
  /** Ends every connection; new ones get through. */
  drop(): void;
  /** From now on nobody answers at this address. */
  close(): Promise<void>;
}

/** Listens on a free port and passes everything on to the stack at `url`. */
export async function openRelay(url: string): Promise<Relay> {
  const { hostname, port } = new URL(url);
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    for (const [socket, other] of [[client, upstream], [upstream, client]] as const) {
      socket.setNoDelay(true);
      sockets.add(socket);
      socket.pipe(other);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const drop = (): void => sockets.forEach((socket) => socket.destroy());
  return {
    url: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    drop,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      drop();
    }),
  };
}
