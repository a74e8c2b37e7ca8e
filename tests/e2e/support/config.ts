/** What the set-up tells the tests, which run in processes of their own. */
export interface StackInfo {
  readonly url: string;
  readonly data: string;
  readonly admin: { readonly email: string; readonly password: string };
}

/** Hands the running stack to the test processes. */
export function publishStack(info: StackInfo): void {
  process.env['HOLDFAST_E2E'] = JSON.stringify(info);
}

/** The running stack. */
export function runningStack(): StackInfo {
  return JSON.parse(process.env['HOLDFAST_E2E'] ?? '{}') as StackInfo;
}
