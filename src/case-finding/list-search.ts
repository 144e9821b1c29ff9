import type { ListedPerson } from './store.ts'

/** Whether what was typed into the list's search could be this person: every word begins a name, or is the NHS number. */
export function isCalled(person: ListedPerson, typed: string): boolean {
  const digits = typed.replace(/[\s-]/g, '')
  if (/^\d+$/.test(digits)) return digits.length === 10 && person.nhsNumber === digits
  const plain = (text: string) =>
    text
      .normalize('NFD')
      .replace(/[\u0300-\u036f'’]/g, '')
      .toLocaleLowerCase('en-GB')
  const names = plain(`${person.givenName} ${person.familyName}`).split(/[\s-]+/)
  const words = plain(typed)
    .split(/[\s,-]+/)
    .filter(Boolean)
  return words.length > 0 && words.every((word) => names.some((name) => name.startsWith(word)))
}
