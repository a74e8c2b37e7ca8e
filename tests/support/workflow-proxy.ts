import { once } from 'node:events';
import { createServer, connect, type AddressInfo, type Socket } from 'node:net';

/** A fixed address in front of a server that tests take away or replace. */
export interface TcpProxy {
  readonly address: string;
  /** Sends new connections to this port; undefined refuses them and cuts the present ones. */
  pointTo(port: number | undefined): void;
  close(): Promise<void>;
}

/** Listens on a free loopback port. */
export async function createTcpProxy(): Promise<TcpProxy> {
  const open = new Set<Socket>();
  let target: number | undefined;
  const keep = (socket: Socket): Socket => {
    open.add(socket);
    // either side may go at any time; that is what the proxy is for
    socket.on('error', () => socket.destroy());
    socket.on('close', () => open.delete(socket));
    return socket;
  };
  const server = createServer((client) => {
    keep(client);
    if (target === undefined) return void client.destroy();
    const upstream = keep(connect(target, '127.0.0.1'));
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
    client.pipe(upstream).pipe(client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const cut = (): void => open.forEach((socket) => socket.destroy());
  return {
    address: `127.0.0.1:${port}`,
    pointTo(next) {
      target = next;
      cut();
    },
    async close() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
