import { dateWords, londonDate, timeWords } from '#calendar'
import { Section, Tag } from '#ui'
import type { Contact } from './types.ts'

/** The ways of being in touch, as a form and a list say them. */
export const kindWords: Readonly<Record<Contact['kind'], string>> = {
  'face to face': 'Face to face',
  telephone: 'Telephone',
  video: 'Video',
  'home visit': 'Home visit',
  other: 'Other',
}

/** When a contact was; midnight means that nobody said at what time. */
export function whenWords(at: Date): string {
  const time = timeWords(at)
  return time === 'midnight' ? dateWords(londonDate(at)) : `${dateWords(londonDate(at))}, ${time}`
}

type OneProps = { readonly contact: Contact; readonly person: string; readonly mayStrike: boolean }

/** One contact, struck through where it was wrong. */
export function OneContact({ contact, person, mayStrike }: OneProps) {
  const { kind, minutes, madeByName, words, nextWords, nextOn, struckAt } = contact
  return (
    <Section heading={whenWords(contact.happenedAt)} id={contact.id}>
      <p>
        <b>{kindWords[kind]}</b>, {madeByName}
        {minutes ? `, ${minutes} minutes` : ''} {struckAt && <Tag colour="grey">Stopped</Tag>}
      </p>
      {struckAt ? (
        <>
          <p>
            <del>{words}</del>
          </p>
          <p className="kw-second">
            Struck by {contact.struckByName} on {dateWords(londonDate(struckAt))}: {contact.struckReason}
          </p>
        </>
      ) : (
        <>
          <p>{words}</p>
          {nextWords && nextOn && (
            <p>
              <b>Next:</b> {nextWords}, {dateWords(nextOn)}
            </p>
          )}
          {mayStrike && (
            <p>
              <a href={`/people/${person}/contacts/${contact.id}/strike`}>
                Strike this contact
                <span className="nhsuk-u-visually-hidden"> of {whenWords(contact.happenedAt)}</span>
              </a>
            </p>
          )}
        </>
      )}
    </Section>
  )
}
