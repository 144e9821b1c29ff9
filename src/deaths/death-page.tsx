import {
  type Answer,
  type Asked,
  isReference,
  newId,
  type Problem,
  permit,
  requireSamePerson,
  type StaffVisit,
} from '#access'
import { dateWords, readDateBoxes } from '#calendar'
import { type AboutPerson, aboutPerson, deathAddress, isUnconfirmed, personTabs } from '#people'
import { Button, DateField, HiddenFields, PostForm, Radios, renderPage, Section, TextArea } from '#ui'
import { maySayAlive, maySayDied, recordDeath } from './actions.ts'
import { knownOf } from './known.ts'
import { SaidSoFar } from './said-list.tsx'
import { deathSaidOf, deathVersion } from './store.ts'
import { ToCheck } from './to-check.tsx'
import type { NewDeath } from './types.ts'
import { waysKnown } from './ways.data.ts'

const reading = { part: 'whole', purpose: 'direct care' } as const

/** What is said of somebody’s death, with the form that records or confirms it, and the way back. */
export async function showDeath(
  visit: StaffVisit,
  asked: Asked,
  problems: readonly Problem[] = [],
): Promise<Answer> {
  const leave = await permit(visit, asked.params.person ?? '', {
    ...reading,
    may: maySayDied,
    verb: 'read whether they have died',
  })
  const about = await aboutPerson(visit, leave)
  const said = await deathSaidOf(visit.db, leave)
  const { heading, lead } = topOf(about)
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Whether somebody has died',
    heading,
    lead,
    banner: about.banner,
    tabs: personTabs(visit, leave.person),
    back: { href: `/people/${leave.person}`, words: `Back to ${about.called}` },
    problems,
    typed: problems.length > 0 ? asked.form.typed : dayTyped(about),
    children: (
      <>
        {isUnconfirmed(about.person) && (
          <ToCheck about={about} said={said} known={await knownOf(visit, leave)} />
        )}
        {(isToSay(about) || problems.length > 0) && (
          <DeathForm
            about={about}
            drawnFrom={await deathVersion(visit.db, leave)}
            id={isReference(asked.form.text('id')) ? asked.form.text('id') : newId()}
          />
        )}
        {about.person.diedOn && <WayBack visit={visit} about={about} />}
        <SaidSoFar said={said} />
      </>
    ),
  })
  return { kind: 'page', html, status: problems.length > 0 ? 422 : 200 }
}

const isToSay = ({ person }: AboutPerson) => !person.diedOn || isUnconfirmed(person)

const topOf = ({ person, called }: AboutPerson) => {
  if (!person.diedOn)
    return {
      heading: `Write down that ${called} has died`,
      lead: 'Every page says so at once, also out of hours. What is due is held and nothing is closed or deleted. It can be taken back.',
    }
  return isUnconfirmed(person)
    ? { heading: `Recorded as died: is it ${called}?`, lead: 'Say yes or no once you know from somebody.' }
    : { heading: `${called} has died`, lead: `On ${dateWords(person.diedOn)}.` }
}

function dayTyped({ person: { diedOn } }: AboutPerson): Readonly<Record<string, string>> | undefined {
  const [year, month, day] = diedOn?.split('-').map((part) => part.replace(/^0/, '')) ?? []
  return year && month && day ? { 'on-day': day, 'on-month': month, 'on-year': year } : undefined
}

function DeathForm(props: { readonly about: AboutPerson; readonly drawnFrom: string; readonly id: string }) {
  const { about, drawnFrom, id } = props
  const { person, called } = about
  const form = (
    <PostForm action={deathAddress(person.id)} personToken={person.id}>
      <HiddenFields fields={{ id, 'drawn-from': drawnFrom }} />
      <DateField name="on" label={`On which day did ${called} die?`} />
      <Radios
        name="known-by"
        label="How do you know?"
        hint="What a record or this page says is not enough"
        choices={waysKnown.map(({ code, words }) => ({ value: code, words }))}
      />
      <TextArea name="words" label="Who told whom, and when?" rows={3} isOptional />
      <Button quickKey="S">{person.diedOn ? `Yes, ${called} has died` : 'Save'}</Button>
    </PostForm>
  )
  return person.diedOn ? <Section heading={`Yes, ${called} has died`}>{form}</Section> : form
}

function WayBack({ visit, about }: { readonly visit: StaffVisit; readonly about: AboutPerson }) {
  const { person, called } = about
  return (
    <Section heading={isUnconfirmed(person) ? `No, ${called} is alive` : 'If this is wrong'}>
      {visit.caller.activities.has(maySayAlive) ? (
        <p>
          <Button kind="secondary" href={`${deathAddress(person.id)}/back`}>
            {isUnconfirmed(person) ? `No, ${called} is alive` : 'Take it back'}
          </Button>
        </p>
      ) : (
        <p>Tell their case manager or their practice. Whoever writes plans takes it back.</p>
      )}
    </Section>
  )
}

/** Keeps what was said, and goes back to the person. */
export async function sendDeath(visit: StaffVisit, asked: Asked): Promise<Answer> {
  requireSamePerson(asked)
  const { text } = asked.form
  const leave = await permit(visit, asked.params.person ?? '', {
    ...reading,
    may: maySayDied,
    verb: 'write down that they have died',
  })
  const death: NewDeath = {
    id: isReference(text('id')) ? text('id') : newId(),
    drawnFrom: text('drawn-from'),
    diedOn: readDateBoxes(text('on-day'), text('on-month'), text('on-year')),
    knownBy: waysKnown.find(({ code }) => code === text('known-by'))?.code,
    words: text('words'),
  }
  const outcome = await recordDeath(visit, leave, death)
  if (!outcome.ok) return showDeath(visit, asked, outcome.problems)
  const saved = 'Written down. What is due is held, and nothing was closed. You can take it back.'
  return { kind: 'go', to: `/people/${leave.person}`, saved }
}
