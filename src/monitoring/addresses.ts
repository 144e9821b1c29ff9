export const kitAddress = '/kit'
export const queueAddress = '/kit/alerts'
export const takeInAddress = '/kit/alerts/take-in'

/** An address with the facts that are there. None of them may name a person: addresses are kept and shared. */
export function addressOf(path: string, facts: Readonly<Record<string, string | undefined>>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(facts)) if (value) query.set(name, value)
  const asked = query.toString()
  return asked ? `${path}?${asked}` : path
}

/** The page of a list that an address asks for. */
export function pageAsked(text: string): number | 'all' {
  if (text === 'all') return 'all'
  return /^[1-9]\d{0,4}$/.test(text) ? Number(text) : 1
}
