import type { Asked, Permit, Problem, StaffVisit } from '#access'
import { dateWords, type LondonDate, readDate, shortDateWords, timeWords } from '#calendar'
import { aboutPerson, personTabs } from '#people'
import { Button, type Column, DataTable, HiddenFields, PostForm, Radios, renderPage, Section } from '#ui'
import { choiceName } from './form.ts'
import { type OwnerChoice, ownerChoices } from './owners.ts'
import type { ChangedMeanwhile, Clash, LineField } from './types.ts'

const fieldWords: Readonly<Record<LineField, string>> = {
  words: 'Words',
  thenWords: 'What to do then',
  callWords: 'Whom to call',
  actionKind: 'Kind of help',
  owner: 'Who',
  dueOn: 'By when',
  isForOutOfHours: 'For out of hours',
  line: 'Kept or taken out',
}

/**
 * Somebody else saved first: what they changed, and a choice for every field both changed. Everything typed is kept
 * in the form, so that the next save is complete.
 */
export async function clashPage(
  visit: StaffVisit,
  asked: Asked,
  leave: Permit<'whole'>,
  changed: ChangedMeanwhile,
) {
  const about = await aboutPerson(visit, leave)
  const owners = await ownerChoices(visit, leave, about)
  const isAskedAgain = asked.form.text('seen') === String(changed.version)
  const problems: readonly Problem[] = isAskedAgain
    ? changed.clashes
        .filter((clash) => !asked.form.text(choiceName(clash)))
        .map((clash) => ({ field: choiceName(clash), message: `Select which to keep: ${asSaid(clash)}` }))
    : []
  const kept = Object.fromEntries(
    Object.entries(asked.form.typed).filter(([name]) => !/^(keep\.|seen$|do$|_)/.test(name)),
  )
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Somebody else changed this plan',
    heading: `${changed.byName} changed this plan at ${timeWords(changed.at)}`,
    banner: about.banner,
    tabs: personTabs(visit, leave.person, 'Plan'),
    lead: 'Check the changes, then save again. Nothing you typed is lost, and nothing is saved yet.',
    problems,
    typed: asked.form.typed,
    children: (
      <PostForm action={`/people/${leave.person}/plan/change`} personToken={leave.person}>
        <HiddenFields fields={{ ...kept, seen: String(changed.version), do: 'save' }} />
        {changed.clashes.length > 0 && (
          <Section heading="You both changed this">
            {changed.clashes.map((clash) => (
              <Choose key={choiceName(clash)} clash={clash} byName={changed.byName} owners={owners} />
            ))}
          </Section>
        )}
        <TheirChanges changed={changed} owners={owners} today={visit.today} />
        <Button quickKey="S">Save the plan with both</Button>
      </PostForm>
    ),
  })
  return { kind: 'page' as const, html, status: problems.length > 0 ? (422 as const) : (409 as const) }
}

const asSaid = (clash: Clash) => `“${clash.about}”, ${fieldWords[clash.field].toLowerCase()}`

type Shown = { readonly clash: Clash; readonly byName: string; readonly owners: readonly OwnerChoice[] }

function Choose({ clash, byName, owners }: Shown) {
  return (
    <Radios
      name={choiceName(clash)}
      label={`${clash.about}: ${fieldWords[clash.field].toLowerCase()}`}
      choices={[
        { value: 'theirs', words: `${byName}’s: ${inWords(clash.theirs, clash.field, owners)}` },
        { value: 'mine', words: `Yours: ${inWords(clash.mine, clash.field, owners)}` },
      ]}
    />
  )
}

function TheirChanges(props: {
  readonly changed: ChangedMeanwhile
  readonly owners: readonly OwnerChoice[]
  readonly today: LondonDate
}) {
  const { changed, owners, today } = props
  type Change = ChangedMeanwhile['theirChanges'][number]
  const columns: readonly Column<Change>[] = [
    { head: 'Line', cell: (change) => change.about, width: 'wide' },
    { head: 'What', cell: (change) => fieldWords[change.field], width: 'middle' },
    { head: 'Now', cell: (change) => inWords(change.theirs, change.field, owners, today) },
  ]
  return (
    <Section heading={`What ${changed.byName} changed`}>
      <DataTable
        caption={`What ${changed.byName} changed since you opened the plan`}
        isCaptionHidden
        columns={columns}
        rows={changed.theirChanges}
        keyOf={(change) => `${change.lineId}-${change.field}`}
      />
    </Section>
  )
}

function inWords(
  text: string | undefined,
  field: LineField,
  owners: readonly OwnerChoice[],
  today?: LondonDate,
): string {
  if (field === 'line') return text === undefined ? 'taken out' : `“${text}”`
  if (!text) return 'nothing'
  if (field === 'owner') return owners.find(({ value }) => value === text)?.words ?? 'somebody else'
  const on = field === 'dueOn' ? readDate(text) : undefined
  if (on) return today ? shortDateWords(on, today) : dateWords(on)
  return field === 'isForOutOfHours' ? text : `“${text}”`
}
