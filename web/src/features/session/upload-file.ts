import { API, refreshLogin } from '#web/lib/http.ts';
import { ApiProblem, Offline, type ProblemBody } from '#web/lib/problem.ts';

import type { SessionFile } from './types.ts';

/** One upload on its way. */
export interface Upload {
  readonly done: Promise<SessionFile>;
  cancel(): void;
}

/**
 * Sends a file of a session, telling how far it is; requests by `fetch` can not tell that.
 * @param onProgress share that has left, 0..1
 */
export function uploadFile(sessionId: string, file: File, onProgress: (ratio: number) => void): Upload {
  let xhr: XMLHttpRequest | undefined;
  const send = (mayRefresh: boolean): Promise<SessionFile> =>
    new Promise((resolve, reject) => {
      xhr = new XMLHttpRequest();
      xhr.open('POST', `${API}/sessions/${sessionId}/files`);
      xhr.setRequestHeader('X-Requested-By', 'holdfast');
      xhr.responseType = 'json';
      xhr.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total);
      xhr.onerror = () => reject(new Offline('The file did not get through.'));
      xhr.onabort = () => reject(new DOMException('The upload was stopped.', 'AbortError'));
      xhr.onload = () => {
        const { status, response } = xhr!;
        if (status < 300 && response !== null) resolve(response as SessionFile);
        else if (status === 401 && mayRefresh) refreshLogin().then((again) => (again ? send(false) : Promise.reject(problemOf(status, response))).then(resolve, reject), reject);
        else reject(problemOf(status, response));
      };
      const form = new FormData();
      form.append('file', file, file.name);
      xhr.send(form);
    });
  return { done: send(true), cancel: () => xhr?.abort() };
}

/** Name and size of a file that was handed in before, as far as the platform tells. */
export async function describeFile(sessionId: string, fileId: string): Promise<{ name: string; size: number } | null> {
  try {
    const response = await fetch(`${API}/sessions/${sessionId}/files/${fileId}`, { method: 'HEAD', credentials: 'same-origin', cache: 'no-store' });
    if (!response.ok) return null;
    const name = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('Content-Disposition') ?? '')?.[1];
    return { name: name === undefined ? fileId : decodeURIComponent(name), size: Number(response.headers.get('Content-Length') ?? 0) };
  } catch {
    return null;
  }
}

function problemOf(status: number, body: unknown): ApiProblem {
  if (typeof body === 'object' && body !== null && 'code' in body) return new ApiProblem(body as ProblemBody);
  return new ApiProblem({ code: status === 413 ? 'payload-too-large' : 'unavailable', status, title: '', detail: `The server answered ${status}.`, requestId: '' });
}
