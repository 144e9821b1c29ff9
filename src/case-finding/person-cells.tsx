import type { LondonDate } from '#calendar'
import { nameInSentence, nameToSearch } from '#people'
import { Button } from '#ui'
import { numberWords } from './list-rows.tsx'
import type { ListedPerson } from './store.ts'
import { sexAndAge } from './words.ts'

type Shown = { readonly person: ListedPerson; readonly programmeKey: string }

/** Whose row it is, leading to what is known of them in the programme. */
export const PersonCell = ({ person, programmeKey, today }: Shown & { readonly today: LondonDate }) => (
  <>
    <a href={`/case-finding/${person.id}?list=${encodeURIComponent(`programme=${programmeKey}`)}`}>
      {nameToSearch(person)}
    </a>
    <div className="kw-second">
      {sexAndAge(person, today)}
      <br />
      {numberWords(person.nhsNumber)}
    </div>
  </>
)

/** Leads to adding somebody by hand. */
export const AddToTheList = ({ person, programmeKey }: Shown) => (
  <Button
    kind="secondary"
    isSmall
    about={nameInSentence(person)}
    href={`/case-finding/${person.id}/add?programme=${programmeKey}`}
  >
    Add to the list
  </Button>
)
