import type { Answer, Asked, Route, StaffVisit } from '#access'
import { dateWords } from '#calendar'
import { organisationById, type Programme, programmes } from '#organisations'
import { type CurrentLoad, currentLoad } from '#population'
import { EmptyState, FilterBar, renderPage, Section, Select } from '#ui'
import { programmeFor } from '../candidates.ts'
import { ProgrammeChips } from '../programme-chips.tsx'
import { linesOf, RegisterPeople } from './register-people.tsx'
import { registerWords, targetRegisters } from './rules.ts'
import { countsAt } from './store.ts'

type Counts = Awaited<ReturnType<typeof countsAt>>

/** The practice's registers as lists to look for people in, each with the day somebody came on it and was taken off. */
async function showRegisters(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const { db, caller } = visit
  const programme = await programmeFor(visit, asked.query.text('programme'))
  const load = await currentLoad(db)
  const practiceCode = (await organisationById(db, caller.organisation.id))?.code ?? ''
  const counts = load ? await countsAt(db, load.id, practiceCode) : []
  const typed = asked.query.text('register')
  const register = targetRegisters.find(({ key }) => key === typed)?.key
  const show = asked.query.text('show') === 'off' ? 'off' : 'on'
  const lines =
    programme && load && register
      ? await linesOf(visit, programme, { loadId: load.id, practiceCode, register })
      : []
  const html = renderPage({
    furniture: asked.furniture,
    title: 'People on a register',
    caption: load && `As recorded before ${dateWords(load.indexOn)}`,
    lead: 'A register is kept by the practice. Being on one is no reason to accept or decline anybody: read their record, and add them to the list if you would for anybody.',
    back: { href: `/case-finding?programme=${programme?.key ?? ''}`, words: 'Back to the list' },
    isStamped: true,
    children: (
      <>
        <ProgrammeChips
          all={await programmes(db)}
          chosen={programme}
          hrefFor={(key) =>
            `/case-finding/registers?${new URLSearchParams({ programme: key, register: register ?? '', show })}`
          }
        />
        {isKept(load, counts) && programme ? (
          <>
            <Choose programme={programme} counts={counts} register={register} show={show} />
            {register && (
              <Section heading={registerWords(register)}>
                <RegisterPeople {...{ visit, asked, programme, register, show, lines }} />
              </Section>
            )}
          </>
        ) : (
          <EmptyState says="No register of this practice is in the records, or no list has been made since they were loaded." />
        )}
      </>
    ),
  })
  return { kind: 'page', html }
}

const isKept = (load: CurrentLoad | undefined, counts: Counts) => load !== undefined && counts.length > 0

function Choose(props: {
  readonly programme: Programme
  readonly counts: Counts
  readonly register?: string
  readonly show: 'on' | 'off'
}) {
  const { programme, counts, register, show } = props
  const said = targetRegisters.map(({ key, words }) => {
    const found = counts.find((one) => one.register === key)
    return {
      value: key,
      words: found ? `${words} (${found.on} on it, ${found.off} taken off)` : `${words} (none)`,
    }
  })
  return (
    <FilterBar action="/case-finding/registers" label="Show" keep={{ programme: programme.key }} inForce={[]}>
      <Select
        name="register"
        label="Register"
        labelSize="plain"
        current={register ?? ''}
        choices={[{ value: '', words: 'Choose a register' }, ...said]}
      />
      <Select
        name="show"
        label="Who"
        labelSize="plain"
        current={show}
        choices={[
          { value: 'on', words: 'On it now' },
          { value: 'off', words: 'Taken off in the last 12 months' },
        ]}
      />
    </FilterBar>
  )
}

/** Registers as lists with dates. */
export const registerRoutes: readonly Route[] = [
  { method: 'GET', path: '/case-finding/registers', may: 'judge candidates', answer: showRegisters },
]
