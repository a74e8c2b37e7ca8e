import type { CheckResult, ContentError } from './types.ts';

/** Escapes a property name for a JSON pointer and puts the slash before it (RFC 6901 section 3). */
export function step(name: string): string {
  return `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** Collects what is wrong with a value. */
export class ErrorList {
  readonly #errors: ContentError[] = [];

  /** Records the error unless the condition holds. */
  unless(condition: boolean, pointer: string, message: string): void {
    if (!condition) this.#errors.push({ pointer, message });
  }

  /** The verdict so far. */
  result(): CheckResult {
    return this.#errors.length === 0 ? { ok: true } : { ok: false, errors: this.#errors };
  }
}
