import { fileSize, type ServerProcess, stopProcess, textSince } from './process.ts';

const SENTENCE = 'sql: database is closed';
const STOP_TIMEOUT_MS = 10_000;
/** How often the log is read, how long the sentence has to come, and the silence that ends it, in ms. */
const TIMES = { every: 5_000, lasting: 20_000, silence: 60_000 };

/**
 * Ends a Temporal server that has closed its own pool of connections for good, so that it is started again. Such a server goes on
 * answering as if it were well, its process lives, and no workflow moves: only its log says it. A moment of it is normal when PostgreSQL was away.
 * @source temporalio/temporal issue 11691
 */
export function endWithoutPool(server: ServerProcess, logFile: string, say: (line: string) => void, times = TIMES): void {
  let offset = fileSize(logFile);
  let first = 0;
  let last = -Infinity;
  const timer = setInterval(() => {
    const isSaid = textSince(logFile, offset).includes(SENTENCE);
    offset = fileSize(logFile);
    if (!isSaid) return;
    const now = performance.now();
    if (now - last > times.silence) first = now;
    last = now;
    if (now - first < times.lasting) return;
    clearInterval(timer);
    say(`temporal works without its database, which it does not notice: ending it (log: ${logFile})`);
    void stopProcess(server, 'SIGTERM', STOP_TIMEOUT_MS);
  }, times.every);
  timer.unref();
  void server.exited.then(() => clearInterval(timer));
}
