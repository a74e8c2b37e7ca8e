import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

import { NotSettable, type ReportDocument } from './document.ts';

/** What every page of a report carries. */
export interface Frame {
  readonly lang: string;
  /** Name of the institution; may be empty. */
  readonly institution: string;
  /** `#rrggbb`. */
  readonly colour: string;
  readonly logo: { readonly bytes: Buffer; readonly mediaType: string } | null;
  readonly footer: string;
  /** The word before the number of a page. */
  readonly page: string;
  /** Of the file, seconds since 1970. */
  readonly createdAtSeconds: number;
}

/** A report that was set. */
export interface Typeset {
  readonly pdf: Buffer;
  readonly pages: number;
  /** `ua-1`: PDF/UA-1. `tagged`: a sign has no glyph in any font here, so the file is tagged only. */
  readonly standard: 'ua-1' | 'tagged';
}

/** Sets reports; the compiler keeps its fonts and templates. */
export interface Typesetter {
  set(document: ReportDocument, frame: Frame): Typeset;
}

const TEMPLATES = join(import.meta.dirname, 'templates');
const FONTS = join(import.meta.dirname, 'fonts');
/** Results that were not used for as many reports leave the cache of the compiler. */
const CACHE_AGE = 20;

/** Loads the fonts and templates: some 50 ms. */
export function createTypesetter(): Typesetter {
  const compiler = NodeCompiler.create({ workspace: TEMPLATES, fontArgs: [{ fontBlobs: fontBlobs() }] });
  const main = join(TEMPLATES, 'report.typ');

  return {
    set(document, frame) {
      const { logo, createdAtSeconds, ...shown } = frame;
      const logoName = logo === null ? null : `/logo.${logo.mediaType === 'image/png' ? 'png' : 'jpg'}`;
      const data = { ...shown, ...document, logo: logoName, logoAlt: frame.institution === '' ? 'Logo' : frame.institution };
      // a virtual file: what people wrote is data for the template and never a part of its source
      compiler.mapShadow(join(TEMPLATES, 'data.json'), Buffer.from(JSON.stringify(data)));
      if (logo !== null) compiler.mapShadow(join(TEMPLATES, logoName!), logo.bytes);
      try {
        const compiled = compiler.compile({ mainFilePath: main });
        if (compiled.result === null) throw new NotSettable(`the report can not be set: ${JSON.stringify(compiled.takeDiagnostics()?.shortDiagnostics ?? [])}`);
        const options = { creationTimestamp: createdAtSeconds };
        try {
          return { pdf: compiler.pdf(compiled.result, { ...options, pdfStandard: 'ua-1' }), pages: compiled.result.numOfPages, standard: 'ua-1' };
        } catch (error) {
          if (!isMissingGlyph(error)) throw new NotSettable(`the report is not accessible: ${String(error).slice(0, 500)}`, { cause: error });
          return { pdf: compiler.pdf(compiled.result, { ...options, pdfStandard: '1.7' }), pages: compiled.result.numOfPages, standard: 'tagged' };
        }
      } finally {
        compiler.resetShadow();
        compiler.evictCache(CACHE_AGE);
      }
    },
  };
}

function fontBlobs(): Buffer[] {
  return readdirSync(FONTS).filter((name) => name.endsWith('.ttf')).sort().map((name) => readFileSync(join(FONTS, name)));
}

// the compiler tells by its message only; a report that is not PDF/UA for any other reason must not pass
function isMissingGlyph(error: unknown): boolean {
  const messages = [...String(error).matchAll(/message: "((?:[^"\\]|\\.)*)"/gu)].map(([, message]) => message!);
  return messages.length > 0 && messages.every((message) => message.includes('could not be displayed'));
}
