/** What a control chart's last point says, as a sign beside its words; never without them. */
export type VariationSign = {
  readonly kind: 'improvement' | 'concern' | 'change' | 'mixed' | 'chance alone'
  /** Which side the last point lies on. */
  readonly way: 'up' | 'down' | 'level'
}

const signs = {
  improvement: 'kw-sign--better',
  concern: 'kw-sign--worse',
  change: 'kw-sign--change',
  mixed: 'kw-sign--worse',
  'chance alone': 'kw-sign--chance',
} as const

const lines = {
  up: 'M7 21 14 19 20 13 26 8',
  down: 'M7 9 14 11 20 17 26 22',
  level: 'M6 15 11 11 16 18 21 12 27 16',
}

/**
 * A circle with a line that rises, falls or only wavers: the icons of Making Data Count in our own drawing. A circle is
 * for the better, a diamond for the worse; the colour only repeats it.
 */
export function VariationIcon({ kind, way }: VariationSign) {
  const isDiamond = kind === 'concern' || kind === 'mixed'
  return (
    <svg className={`kw-sign ${signs[kind]}`} width="34" height="34" viewBox="0 0 33 31" aria-hidden="true">
      {isDiamond ? <path d="M16.5 0.5 32 15.5 16.5 30.5 1 15.5Z" /> : <circle cx="16.5" cy="15.5" r="14" />}
      <path className="kw-sign__line" d={lines[kind === 'chance alone' ? 'level' : way]} />
    </svg>
  )
}
