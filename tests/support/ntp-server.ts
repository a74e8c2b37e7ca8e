import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** How a made-up server of network time answers. */
export interface FakeNtp {
  /** Its clock minus the clock of this machine, ms. */
  aheadMs: number;
  stratum: number;
  /** Sends nothing. */
  silent: boolean;
  /** Sends back another cookie than it got. */
  forged: boolean;
  /** Questions that came. */
  questions: number;
}

/** Starts a server that speaks the protocol on a free port of this machine; change `state` while it runs. */
export async function startNtpServer(given: Partial<FakeNtp> = {}): Promise<{ port: number; state: FakeNtp; close(): Promise<void> }> {
  const state: FakeNtp = { aheadMs: 0, stratum: 2, silent: false, forged: false, questions: 0, ...given };
  const socket = createSocket('udp4');
  socket.on('message', (question, from) => {
    state.questions += 1;
    if (!state.silent) socket.send(answer(question, state), from.port, from.address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    port: socket.address().port,
    state,
    close: async () => {
      socket.close();
      await once(socket, 'close');
    },
  };
}

function answer(question: Buffer, state: FakeNtp): Buffer {
  const reply = Buffer.alloc(48);
  reply[0] = 0x24;
  reply[1] = state.stratum;
  reply.write('RATE', 12, 'ascii');
  question.copy(reply, 24, 40, 48);
  if (state.forged) reply[24] = reply[24]! ^ 0xff;
  const nowMs = Date.now() + state.aheadMs;
  for (const at of [32, 40]) {
    reply.writeUInt32BE(Math.floor(nowMs / 1000) + 2_208_988_800, at);
    reply.writeUInt32BE(Math.floor(((nowMs % 1000) / 1000) * 2 ** 32), at + 4);
  }
  return reply;
}
