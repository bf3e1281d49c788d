/** Unicode characters of formulas as LaTeX. */

const table = (rows: string): ReadonlyMap<string, string> =>
  new Map(
    rows
      .trim()
      .split(/\s+/)
      .map((row) => [row.slice(0, row.indexOf('\\')), row.slice(row.indexOf('\\'))] as const),
  )

/** Each row: the character, then its command. */
const commands = table(String.raw`
α\alpha β\beta γ\gamma δ\delta ε\varepsilon ϵ\epsilon ζ\zeta η\eta θ\theta ϑ\vartheta ι\iota κ\kappa ϰ\varkappa
λ\lambda μ\mu µ\mu ν\nu ξ\xi π\pi ϖ\varpi ρ\rho ϱ\varrho σ\sigma ς\varsigma τ\tau υ\upsilon φ\varphi ϕ\phi χ\chi
ψ\psi ω\omega Γ\Gamma Δ\Delta Θ\Theta Λ\Lambda Ξ\Xi Π\Pi Σ\Sigma Υ\Upsilon Φ\Phi Ψ\Psi Ω\Omega
∑\sum ∏\prod ∐\coprod ∫\int ∬\iint ∭\iiint ∮\oint ∯\oiint ∰\oiiint ⋃\bigcup ⋂\bigcap ⋁\bigvee ⋀\bigwedge
⨁\bigoplus ⨂\bigotimes ⨀\bigodot ⨄\biguplus ⨆\bigsqcup
±\pm ∓\mp ×\times ÷\div ⋅\cdot ·\cdot ∗\ast ⋆\star ∘\circ ∙\bullet •\bullet ⊕\oplus ⊖\ominus ⊗\otimes ⊘\oslash ⊙\odot
∩\cap ∪\cup ⊓\sqcap ⊔\sqcup ∨\vee ∧\wedge ∖\setminus ≀\wr ⋄\diamond †\dagger ‡\ddagger
≤\leq ≥\geq ≦\leqq ≧\geqq ≠\neq ≡\equiv ≢\not\equiv ≈\approx ≉\not\approx ≅\cong ≃\simeq ∼\sim ≪\ll ≫\gg ∝\propto
≺\prec ≻\succ ≼\preceq ≽\succeq ≐\doteq ≜\triangleq ≝\overset{\text{def}}{=} ≔\coloneqq
∈\in ∉\notin ∋\ni ⊂\subset ⊃\supset ⊆\subseteq ⊇\supseteq ⊄\not\subset ⊈\nsubseteq ⊊\subsetneq ∅\emptyset
∀\forall ∃\exists ∄\nexists ¬\neg ⊢\vdash ⊨\models ⊥\perp ∥\parallel ∦\nparallel ∣\mid ∤\nmid ∠\angle ∡\measuredangle △\triangle
∇\nabla ∂\partial ∞\infty ℏ\hbar ħ\hbar ℓ\ell ℜ\Re ℑ\Im ℘\wp ℵ\aleph ∴\therefore ∵\because ′\prime
→\rightarrow ←\leftarrow ↔\leftrightarrow ⇒\Rightarrow ⇐\Leftarrow ⇔\Leftrightarrow ↦\mapsto ⟶\longrightarrow
⟵\longleftarrow ⟹\Longrightarrow ⟸\Longleftarrow ⟺\Longleftrightarrow ↑\uparrow ↓\downarrow ↕\updownarrow ⇑\Uparrow
⇓\Downarrow ↗\nearrow ↘\searrow ↙\swarrow ↖\nwarrow ⇌\rightleftharpoons ↪\hookrightarrow ↩\hookleftarrow
…\ldots ⋯\cdots ⋮\vdots ⋱\ddots ⟨\langle ⟩\rangle 〈\langle 〉\rangle ⌈\lceil ⌉\rceil ⌊\lfloor ⌋\rfloor ‖\Vert
□\square ■\blacksquare ◊\lozenge ★\bigstar ✓\checkmark √\surd
ℝ\mathbb{R} ℕ\mathbb{N} ℤ\mathbb{Z} ℚ\mathbb{Q} ℂ\mathbb{C} ℙ\mathbb{P} ℋ\mathcal{H} ℒ\mathcal{L} ℱ\mathcal{F} ℰ\mathcal{E}
ℬ\mathcal{B} ℛ\mathcal{R} ℳ\mathcal{M} ℐ\mathcal{I} ⊤\top ⊣\dashv ⊻\veebar ⋉\ltimes ⋊\rtimes ⨯\times Å\mathring{A}
`)

/** Spaces, signs and what LaTeX would read as markup. */
const others: ReadonlyMap<string, string> = new Map([
  ['\u00a0', '~'],
  ['\u2002', '\\;'],
  ['\u2003', '\\quad '],
  ['\u2004', '\\;'],
  ['\u2005', '\\:'],
  ['\u2006', '\\,'],
  ['\u2009', '\\,'],
  ['\u200a', '\\,'],
  ['\u200b', ''],
  ['\u2061', ''],
  ['\u2062', ''],
  ['\u2063', ''],
  ['\u2064', ''],
  ['\u2212', '-'],
  ['\u2013', '-'],
  ['\u2217', '*'],
  ['\u2032', "'"],
  ['\u2033', "''"],
  ['°', '^{\\circ}'],
  ['#', '\\#'],
  ['$', '\\$'],
  ['%', '\\%'],
  ['&', '\\&'],
  ['_', '\\_'],
  ['{', '\\{'],
  ['}', '\\}'],
  ['^', '\\hat{}'],
  ['~', '\\sim'],
  ['\\', '\\backslash'],
])

/** Alphabets of U+1D400 to U+1D7FF, in their order there: 52 letters each. */
const alphabets: readonly (string | undefined)[] = [
  '\\mathbf',
  undefined, // italic is how LaTeX sets letters
  '\\boldsymbol',
  '\\mathcal',
  '\\boldsymbol',
  '\\mathfrak',
  '\\mathbb',
  '\\mathfrak',
  '\\mathsf',
  '\\mathsf',
  '\\mathsf',
  '\\mathsf',
  '\\mathtt',
]
const latin = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz']
const greek = [...'ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡϴΣΤΥΦΧΨΩ∇αβγδεζηθικλμνξοπρςστυφχψω∂ϵϑϰϕϱϖ']

function styledLetter(code: number): string | undefined {
  if (code >= 0x1d400 && code < 0x1d400 + alphabets.length * 52) {
    const index = code - 0x1d400
    const letter = latin[index % 52]!
    const command = alphabets[Math.floor(index / 52)]
    return command ? `${command}{${letter}}` : letter
  }
  if (code >= 0x1d6a8 && code < 0x1d6a8 + 5 * 58) {
    const letter = greek[(code - 0x1d6a8) % 58]!
    return commands.get(letter) ?? letter
  }
  if (code >= 0x1d7ce && code <= 0x1d7ff) return String((code - 0x1d7ce) % 10)
  return undefined
}

/** One character as LaTeX. */
export function mathCharacter(character: string): string {
  const code = character.codePointAt(0)!
  return (
    others.get(character) ??
    commands.get(character) ??
    (code >= 0x1d400 ? styledLetter(code) : undefined) ??
    character
  )
}

/** Pieces side by side; a command is kept apart from a letter that follows it. */
export function joinMath(pieces: readonly string[]): string {
  let out = ''
  let last = ''
  for (const piece of pieces) {
    if (piece === '') continue
    out += /^[a-zA-Z]/.test(piece) && /\\[a-zA-Z]+$/.test(last) ? ` ${piece}` : piece
    last = piece
  }
  return out
}

/** Scripts that were typed and never built up ("x^2") are meant as scripts. */
export const mathText = (value: string): string =>
  joinMath(
    value
      .split(/(?<=[\p{L}\p{N})\]])([\^_])(?=[\p{L}\p{N}])/u)
      .map((piece) => (piece === '^' || piece === '_' ? piece : joinMath([...piece].map(mathCharacter)))),
  )

const textSpecial: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '#': '\\#',
  '%': '\\%',
  '&': '\\&',
  _: '\\_',
  '^': '\\^{}',
  '~': '\\~{}',
}
/** Words inside a formula. */
export const plainMathText = (value: string): string =>
  `\\text{${value.replace(/[\\{}$#%&_^~]/g, (character) => textSpecial[character]!)}}`
