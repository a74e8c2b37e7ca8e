import { DefaultLogger, type LogEntry, Runtime } from '@temporalio/worker';
import pino, { type Logger } from 'pino';

/** The log of this process: JSON lines on stderr; stdout belongs to the supervisor. */
export function createLog(level: string, processName: string): Logger {
  return pino({ level, base: { process: processName } }, pino.destination(2));
}

/** What the Temporal SDK has to say, in the log of this process; its own notes on progress are details here. */
export function temporalLogger(log: Logger): DefaultLogger {
  return new DefaultLogger('INFO', ({ level, message, meta }: LogEntry): void => {
    const fields = { sdk: 'temporal', ...meta };
    if (level === 'ERROR') log.error(fields, message);
    else if (level === 'WARN') log.warn(fields, message);
    else log.debug(fields, message);
  });
}

/** Sends the log of the Temporal SDK into the log of this process; call it before anything of the SDK is used. */
export function installTemporalRuntime(log: Logger): void {
  // the process ends itself, after its loops
  Runtime.install({ logger: temporalLogger(log), shutdownSignals: [] });
}
