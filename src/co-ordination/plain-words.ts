/** Words of a plan that the person may not understand, and what about them. */
export type HardWords = { readonly words: string; readonly why: string }

const mostWords = 20

// Known by everybody, or said in full on the paper itself.
const known = new Set(['GP', 'NHS', 'TV', 'UK', 'OK', 'AM', 'PM', 'I', 'A'])

const shortForms =
  /\b(?:od|bd|tds|qds|prn|nocte|mane|mcg|o\/e|h\/o|c\/o|hx|rx|tx|dx|ref|appt|f\/u|w\/c|approx|asap|re:)(?![a-z])/i

const officeWords: Readonly<Record<string, string>> = {
  'due to': 'because of',
  'prior to': 'before',
  commence: 'start',
  utilise: 'use',
  facilitate: 'help',
  monitor: 'check',
  ambulate: 'walk',
  mobilise: 'move about',
  exacerbation: 'when it gets worse',
  deterioration: 'getting worse',
  hypertension: 'high blood pressure',
  dyspnoea: 'being short of breath',
  oedema: 'swelling',
  analgesia: 'pain relief',
  medication: 'medicine',
  compliance: 'taking it as agreed',
}

/**
 * What to say more plainly before somebody takes it home: short forms, office and medical words, sentences over 20 words.
 *
 * Rules of the NHS content style guide for a reading age of 9 to 11. They find what is likely to be hard; only the person
 * can say what was understood. Nothing is rewritten: whoever agreed the words changes them.
 */
export function hardWords(texts: readonly string[]): readonly HardWords[] {
  return [...new Set(texts.filter(Boolean))].flatMap((words) => {
    const why = [...shortIn(words), ...officeIn(words), ...longIn(words)]
    return why.length > 0 ? [{ words, why: why.join('. ') }] : []
  })
}

function shortIn(words: string): readonly string[] {
  const capitals = (words.match(/\b[A-Z][A-Z0-9]{1,5}\b/g) ?? []).filter((one) => !known.has(one))
  const shorthand = shortForms.exec(words)
  const found = [...new Set([...capitals, ...(shorthand ? [shorthand[0]] : [])])]
  return found.length > 0 ? [`Write in full: ${found.join(', ')}`] : []
}

const officeIn = (words: string): readonly string[] =>
  Object.entries(officeWords).flatMap(([hard, plain]) =>
    new RegExp(`\\b${hard}`, 'i').test(words) ? [`For “${hard}” say “${plain}”`] : [],
  )

function longIn(words: string): readonly string[] {
  const longest = Math.max(0, ...words.split(/[.!?;]+/).map((one) => one.split(/\s+/).filter(Boolean).length))
  return longest > mostWords ? [`A sentence has ${longest} words: make it two`] : []
}
