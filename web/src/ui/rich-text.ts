/** Elements that come through, with the attributes that they keep. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  P: [], BR: [], B: [], STRONG: [], I: [], EM: [], U: [], S: [], SUB: [], SUP: [], CODE: [], PRE: [], BLOCKQUOTE: [], SPAN: ['dir', 'lang'], DIV: [],
  UL: [], OL: ['start', 'type'], LI: [], H1: [], H2: [], H3: [], H4: [], HR: [],
  TABLE: [], CAPTION: [], THEAD: [], TBODY: [], TFOOT: [], TR: [], TH: ['colspan', 'rowspan', 'scope'], TD: ['colspan', 'rowspan'],
  FIGURE: [], FIGCAPTION: [], IMG: ['src', 'alt', 'width', 'height'], A: ['href'],
};
/** Elements whose content goes with them. */
const SILENT = new Set(['SCRIPT', 'STYLE', 'TEMPLATE', 'IFRAME', 'OBJECT', 'EMBED', 'SVG', 'MATH', 'NOSCRIPT', 'TITLE', 'TEXTAREA', 'SELECT']);
/** Headings of a text never compete with those of the page. */
const RENAMED: Readonly<Record<string, string>> = { H1: 'H4', H2: 'H4', H3: 'H4', DIV: 'P' };

/** What a rendered text may contain. */
export interface RichTextOptions {
  /** Links can be followed. */
  readonly links: boolean;
}

/** Builds a fragment from HTML with what is allowed of it. The markup is parsed in a document of its own, where nothing loads or runs. */
export function renderHtml(html: string, options: RichTextOptions): DocumentFragment {
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  const fragment = document.createDocumentFragment();
  copyChildren(parsed.body, fragment, options);
  return fragment;
}

function copyChildren(from: Node, to: Node, options: RichTextOptions): void {
  for (const child of from.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) {
      to.appendChild(document.createTextNode(child.nodeValue ?? ''));
    } else if (child instanceof Element || child.nodeType === Node.ELEMENT_NODE) {
      copyElement(child as Element, to, options);
    }
  }
}

function copyElement(from: Element, to: Node, options: RichTextOptions): void {
  const name = from.tagName.toUpperCase();
  if (SILENT.has(name)) return;
  const attributes = ALLOWED[name];
  if (attributes === undefined || (name === 'A' && (!options.links || !isSafeLink(from.getAttribute('href'))))) return copyChildren(from, to, options);
  if (name === 'IMG' && !isOurMedia(from.getAttribute('src'))) return;
  // a paragraph inside a block is a block of its own: only a div without blocks becomes a paragraph
  const tag = name === 'DIV' && from.querySelector('p, ul, ol, table, pre, blockquote, div, figure') !== null ? 'div' : (RENAMED[name] ?? name).toLowerCase();
  const element = document.createElement(tag);
  for (const attribute of attributes) {
    const value = from.getAttribute(attribute);
    if (value !== null) element.setAttribute(attribute, value);
  }
  if (name === 'IMG') {
    if (!element.hasAttribute('alt')) element.setAttribute('alt', '');
    element.setAttribute('decoding', 'async');
  }
  if (name === 'A') {
    element.setAttribute('target', '_blank');
    element.setAttribute('rel', 'noreferrer noopener');
  }
  copyChildren(from, element, options);
  to.appendChild(element);
}

function isOurMedia(source: string | null): boolean {
  return source !== null && /^\/api\/v1\/media\/[\w-]+(\/[\w.-]+)*(\?[\w=&.%-]*)?$/.test(source);
}

function isSafeLink(address: string | null): boolean {
  return address !== null && /^(https?:\/\/|mailto:)/i.test(address.trim());
}

/** Builds a fragment from a small part of Markdown: paragraphs, headings, bold, italic, code, lists, quotes, links. Anything else stays text. */
export function renderMarkdown(text: string, options: RichTextOptions): DocumentFragment {
  const fragment = document.createDocumentFragment();
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  for (let at = 0; at < lines.length; ) {
    const line = lines[at]!;
    if (line.trim() === '') {
      at += 1;
      continue;
    }
    const block = BLOCKS.find(({ starts }) => starts.test(line));
    let end = at + 1;
    if (block === undefined) {
      while (end < lines.length && lines[end]!.trim() !== '' && !BLOCKS.some(({ starts }) => starts.test(lines[end]!))) end += 1;
      append(fragment, 'p', lines.slice(at, end), options);
    } else {
      while (end < lines.length && block.goesOn(lines[end]!)) end += 1;
      block.build(lines.slice(at, end), fragment, options);
      if (block.ends !== undefined && end < lines.length && block.ends.test(lines[end]!)) end += 1;
    }
    at = end;
  }
  return fragment;
}

interface Block {
  readonly starts: RegExp;
  readonly ends?: RegExp;
  readonly goesOn: (line: string) => boolean;
  readonly build: (lines: readonly string[], to: Node, options: RichTextOptions) => void;
}

function list(tag: 'ul' | 'ol', mark: RegExp): Block {
  return {
    starts: mark,
    goesOn: (line) => mark.test(line) || /^ {2,}\S/.test(line),
    build: (lines, to, options) => {
      const element = to.appendChild(document.createElement(tag));
      const start = tag === 'ol' ? Number.parseInt(lines[0]!.trim(), 10) : 1;
      if (start !== 1) element.setAttribute('start', String(start));
      const items: string[][] = [];
      for (const line of lines) {
        if (mark.test(line)) items.push([line.replace(mark, '')]);
        else items.at(-1)?.push(line.trim());
      }
      for (const item of items) append(element, 'li', item, options);
    },
  };
}

const BLOCKS: readonly Block[] = [
  {
    starts: /^```/,
    ends: /^```/,
    goesOn: (line) => !/^```/.test(line),
    build: (lines, to) => {
      to.appendChild(document.createElement('pre')).appendChild(document.createElement('code')).textContent = lines.slice(1).join('\n');
    },
  },
  { starts: /^#{1,4} /, goesOn: () => false, build: (lines, to, options) => append(to, 'h4', [lines[0]!.replace(/^#+ /, '')], options) },
  list('ul', /^ {0,1}[-*] +/),
  list('ol', /^ {0,1}\d{1,3}[.)] +/),
  {
    starts: /^> ?/,
    goesOn: (line) => /^> ?/.test(line),
    build: (lines, to, options) => {
      to.appendChild(document.createElement('blockquote')).appendChild(renderMarkdown(lines.map((line) => line.replace(/^> ?/, '')).join('\n'), options));
    },
  },
];

function append(to: Node, tag: string, lines: readonly string[], options: RichTextOptions): void {
  const element = to.appendChild(document.createElement(tag));
  lines.forEach((line, index) => {
    if (index > 0) element.appendChild(/ {2}$/.test(lines[index - 1]!) ? document.createElement('br') : document.createTextNode(' '));
    inline(line.trimEnd(), element, options);
  });
}

// formulas first: what stands in \( \), \[ \] or $$ $$ is left as it is
const INLINE = /(\\\(.+?\\\)|\\\[.+?\\\]|\$\$.+?\$\$)|`([^`]+)`|\*\*(?=\S)(.+?)(?<=\S)\*\*|(?<![\w*])\*(?=\S)([^*]+?)(?<=\S)\*(?![\w*])|(?<!\w)_(?=\S)([^_]+?)(?<=\S)_(?!\w)|\[([^\]]+)\]\(([^)\s]+)\)|\\([\\`*_[\](){}#+.!>~|-])/;

function inline(text: string, to: Node, options: RichTextOptions): void {
  let rest = text;
  for (let found = INLINE.exec(rest); found !== null; found = INLINE.exec(rest)) {
    to.appendChild(document.createTextNode(rest.slice(0, found.index)));
    const [whole, formula, code, bold, star, dash, label, address, escaped] = found;
    if (formula !== undefined) to.appendChild(document.createTextNode(formula));
    else if (code !== undefined) to.appendChild(document.createElement('code')).textContent = code;
    else if (bold !== undefined) inline(bold, to.appendChild(document.createElement('strong')), options);
    else if (star !== undefined || dash !== undefined) inline((star ?? dash)!, to.appendChild(document.createElement('em')), options);
    else if (escaped !== undefined) to.appendChild(document.createTextNode(escaped));
    else link(label!, address!, to, options);
    rest = rest.slice(found.index + whole.length);
  }
  to.appendChild(document.createTextNode(rest));
}

function link(label: string, address: string, to: Node, options: RichTextOptions): void {
  if (!options.links || !isSafeLink(address)) return inline(label, to, options);
  const element = to.appendChild(document.createElement('a'));
  element.href = address;
  element.target = '_blank';
  element.rel = 'noreferrer noopener';
  inline(label, element, options);
}
