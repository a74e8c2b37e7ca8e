/** Entry of the thread that reads uploaded files: what they do to it, they do not do to the API. */
import { parentPort, workerData } from 'node:worker_threads';

import { readGiftFile } from '#api/question-imports/read-file.ts';

parentPort!.postMessage(readGiftFile(workerData as Uint8Array));
