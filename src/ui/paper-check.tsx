/**
 * On paper alone, under a list of people: from when it is, and what to do before anybody on it is rung.
 *
 * @param at when the page was made, in words.
 */
export function PaperCheck({ at }: { readonly at: string }) {
  return (
    <p className="kw-paper-check">
      Printed as it stood on {at}. Somebody may have died, moved or changed their mind since: open the record
      before you ring, write or visit.
    </p>
  )
}
