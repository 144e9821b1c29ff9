export { type JournalEntry, journalOf, writeNote } from './store.ts'

/**
 * Every note there is, with the facts it carries. A room adds its own:
 * `declare module '#journal' { interface Notes { 'action saved': { readonly actionId: string } } }`.
 * The roof says who reacts to each; one left out does not compile.
 */
// biome-ignore lint/suspicious/noEmptyInterface: rooms fill it by declaring their own notes
export interface Notes {}

export type NoteName = keyof Notes & string

/** A note as an action writes it. Facts are ids, dates, codes and short words: never a name or a number. */
export type Note<Name extends NoteName = NoteName> = {
  readonly [N in Name]: {
    readonly what: N
    readonly person?: string
    /** Which row it is about: "plan 0190…". */
    readonly about?: string
    readonly facts: Notes[N]
    /** When it happened, where that is not now. */
    readonly happenedAt?: Date
  }
}[Name]

/** Writes a note and lets those who react to it react, in the same transaction. */
export type Pen = (note: Note) => Promise<void>
