import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { NodeCompiler, type NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler';

import { NotSettable, type ReportDocument } from './document.ts';

/** What every page of a report carries. */
export interface Frame {
  readonly lang: string;
  /** Name of the institution; may be empty. */
  readonly institution: string;
  /** Lines below it on the first page. */
  readonly address: string;
  /** Of the institution, at the foot of every page. */
  readonly institutionFooter: string;
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

  /** Compiles what is in the virtual files. */
  function compile(): NodeTypstDocument {
    const compiled = compiler.compile({ mainFilePath: main });
    if (compiled.result === null) throw new NotSettable(`the report can not be set: ${JSON.stringify(compiled.takeDiagnostics()?.shortDiagnostics ?? [])}`);
    return compiled.result;
  }

  function put(document: ReportDocument, { logo, createdAtSeconds: _, ...shown }: Frame): void {
    const logoName = logo === null ? null : `/logo.${logo.mediaType === 'image/png' ? 'png' : 'jpg'}`;
    const data = { ...shown, ...document, logo: logoName, logoAlt: shown.institution === '' ? 'Logo' : shown.institution };
    // a virtual file: what people wrote is data for the template and never a part of its source
    compiler.mapShadow(join(TEMPLATES, 'data.json'), Buffer.from(JSON.stringify(data)));
    if (logo !== null) compiler.mapShadow(join(TEMPLATES, logoName!), logo.bytes);
  }

  function laidOut(document: ReportDocument, frame: Frame): NodeTypstDocument {
    put(document, frame);
    try {
      return compile();
    } catch (error) {
      if (frame.logo === null) throw error;
      // an image that can not be drawn must not keep anybody from their report
      put(document, { ...frame, logo: null });
      return compile();
    }
  }

  return {
    set(document, frame) {
      try {
        const result = laidOut(document, frame);
        const options = { creationTimestamp: frame.createdAtSeconds };
        try {
          return { pdf: compiler.pdf(result, { ...options, pdfStandard: 'ua-1' }), pages: result.numOfPages, standard: 'ua-1' };
        } catch (error) {
          if (!isMissingGlyph(error)) throw new NotSettable(`the report is not accessible: ${String(error).slice(0, 500)}`, { cause: error });
          return { pdf: compiler.pdf(result, { ...options, pdfStandard: '1.7' }), pages: result.numOfPages, standard: 'tagged' };
        }
      } finally {
        compiler.resetShadow();
        compiler.evictCache(CACHE_AGE);
      }
    },
  };
}

function fontBlobs(): Buffer[] {
  return readdirSync(FONTS).filter((name) => /\.tt[cf]$/u.test(name)).sort().map((name) => readFileSync(join(FONTS, name)));
}

// the compiler tells by its message only; a report that is not PDF/UA for any other reason must not pass
function isMissingGlyph(error: unknown): boolean {
  const messages = [...String(error).matchAll(/message: "((?:[^"\\]|\\.)*)"/gu)].map(([, message]) => message!);
  return messages.length > 0 && messages.every((message) => message.includes('could not be displayed'));
}
