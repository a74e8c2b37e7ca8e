/** Commands of LaTeX that stand for one sign. */
export const SYMBOLS: Readonly<Record<string, string>> = {
  alpha: 'α', beta: 'β', gamma: 'γ', delta: 'δ', epsilon: 'ϵ', varepsilon: 'ε', zeta: 'ζ', eta: 'η', theta: 'θ', vartheta: 'ϑ', iota: 'ι', kappa: 'κ',
  lambda: 'λ', mu: 'μ', nu: 'ν', xi: 'ξ', pi: 'π', rho: 'ρ', sigma: 'σ', tau: 'τ', upsilon: 'υ', phi: 'ϕ', varphi: 'φ', chi: 'χ', psi: 'ψ', omega: 'ω',
  Gamma: 'Γ', Delta: 'Δ', Theta: 'Θ', Lambda: 'Λ', Xi: 'Ξ', Pi: 'Π', Sigma: 'Σ', Upsilon: 'Υ', Phi: 'Φ', Psi: 'Ψ', Omega: 'Ω',
  times: '×', cdot: '⋅', div: '÷', pm: '±', mp: '∓', ast: '∗', star: '⋆', circ: '∘', bullet: '∙', oplus: '⊕', otimes: '⊗',
  le: '≤', leq: '≤', ge: '≥', geq: '≥', ne: '≠', neq: '≠', approx: '≈', equiv: '≡', sim: '∼', simeq: '≃', cong: '≅', propto: '∝', ll: '≪', gg: '≫',
  in: '∈', notin: '∉', ni: '∋', subset: '⊂', subseteq: '⊆', supset: '⊃', supseteq: '⊇', cup: '∪', cap: '∩', setminus: '∖', emptyset: '∅', varnothing: '∅',
  forall: '∀', exists: '∃', neg: '¬', lnot: '¬', land: '∧', wedge: '∧', lor: '∨', vee: '∨', therefore: '∴', because: '∵', mid: '∣', parallel: '∥', perp: '⟂',
  to: '→', rightarrow: '→', leftarrow: '←', leftrightarrow: '↔', Rightarrow: '⇒', Leftarrow: '⇐', Leftrightarrow: '⇔', iff: '⇔', implies: '⇒', mapsto: '↦', uparrow: '↑', downarrow: '↓', rightleftharpoons: '⇌',
  infty: '∞', partial: '∂', nabla: '∇', hbar: 'ℏ', ell: 'ℓ', Re: 'ℜ', Im: 'ℑ', aleph: 'ℵ', angle: '∠', triangle: '△', degree: '°', prime: '′',
  sum: '∑', prod: '∏', int: '∫', iint: '∬', oint: '∮', bigcup: '⋃', bigcap: '⋂',
  ldots: '…', dots: '…', cdots: '⋯', vdots: '⋮', ddots: '⋱', langle: '⟨', rangle: '⟩', lfloor: '⌊', rfloor: '⌋', lceil: '⌈', rceil: '⌉', vert: '|', Vert: '‖',
  longrightarrow: '⟶', longleftarrow: '⟵', longleftrightarrow: '⟷', Longrightarrow: '⟹', Longleftarrow: '⟸', Longleftrightarrow: '⟺', longmapsto: '⟼', hookrightarrow: '↪',
  leftrightarrows: '⇆', rightleftarrows: '⇄', models: '⊨', vdash: '⊢', top: '⊤', bot: '⊥', lesssim: '≲', gtrsim: '≳', subsetneq: '⊊', ominus: '⊖', odot: '⊙', dagger: '†', iiint: '∭', coprod: '∐', bigoplus: '⨁',
  square: '□', blacksquare: '■', checkmark: '✓', complement: '∁', colon: ':', backslash: '∖', lbrace: '{', rbrace: '}', lvert: '|', rvert: '|', lVert: '‖', rVert: '‖', '|': '‖',
  '{': '{', '}': '}', '%': '%', '&': '&', '#': '#', '$': '$', _: '_',
};

/** Commands that are names of functions; true: what is below them stands under the name. */
export const FUNCTIONS: Readonly<Record<string, boolean>> = {
  sin: false, cos: false, tan: false, cot: false, sec: false, csc: false, arcsin: false, arccos: false, arctan: false, sinh: false, cosh: false, tanh: false,
  log: false, ln: false, lg: false, exp: false, deg: false, dim: false, ker: false, hom: false, arg: false,
  lim: true, max: true, min: true, sup: true, inf: true, limsup: true, liminf: true, det: true, gcd: true, Pr: true,
};

/** Commands that are spaces, in em. */
export const SPACES: Readonly<Record<string, number>> = { ',': 0.17, ':': 0.22, ';': 0.28, '!': 0, ' ': 0.25, quad: 1, qquad: 2 };

/** Commands that put a sign over what follows, and the sign. */
export const ACCENTS: Readonly<Record<string, string>> = { hat: 'hat', widehat: 'hat', bar: 'macron', overline: 'macron', vec: 'arrow', overrightarrow: 'arrow', tilde: 'tilde', dot: 'dot', ddot: 'dot.double', widetilde: 'tilde', mathring: 'circle', check: 'caron', underline: 'underline', underbrace: 'underbrace', overbrace: 'overbrace' };

/** Commands that set what follows in other letters. */
export const STYLES: Readonly<Record<string, string>> = { mathrm: 'upright', mathbf: 'bold', mathbb: 'bb', mathcal: 'cal', mathit: 'italic', mathsf: 'sans', operatorname: 'upright', boldsymbol: 'bold', textbf: 'bold', mathscr: 'cal', mathfrak: 'frak', mathtt: 'mono' };

/** Environments with rows of cells, and what stands around them. */
export const MATRICES: Readonly<Record<string, string>> = { matrix: '', pmatrix: '(', bmatrix: '[', Bmatrix: '{', vmatrix: '|', cases: 'cases', array: '', aligned: 'aligned', align: 'aligned', 'align*': 'aligned', gathered: 'aligned' };
