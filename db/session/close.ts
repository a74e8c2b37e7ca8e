export { closeDueSessions, closeSessionIfDue, countDueSessions } from './close-due.ts';
export { type CloseLoop, createCloseLoop, type LoopLog } from './close-loop.ts';
