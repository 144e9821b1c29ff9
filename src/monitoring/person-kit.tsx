import { type Answer, type Asked, permit, type StaffVisit } from '#access'
import { aboutPerson, diedWords, personTabs } from '#people'
import { Button, EmptyState, Panel, Row, RowList, renderPage, Section, Tag } from '#ui'
import { mayLend } from './actions.ts'
import { alertsGivenTo } from './alert-store.ts'
import { loansOf, sharesAHouse } from './store.ts'
import type { GivenAlert, Loan } from './types.ts'
import { atWords } from './when.tsx'

const opening = { may: 'see people', part: 'whole', purpose: 'direct care', verb: 'read the kit' } as const

/** What kit a person has and had, and the alerts that came while they had it. */
export async function showPersonKit(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const leave = await permit(visit, asked.params.person ?? '', opening)
  const about = await aboutPerson(visit, leave)
  const loans = await loansOf(visit.db, leave)
  const now = loans.filter(({ until }) => !until)
  const before = loans.filter(({ until }) => until)
  const here = visit.caller.organisation.id
  const mayLendHere =
    visit.caller.activities.has(mayLend) &&
    !about.person.diedOn &&
    about.episodes.some(({ closedOn, teamId }) => !closedOn && teamId === here)
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Kit',
    heading: `Kit ${about.called} has`,
    banner: about.banner,
    tabs: personTabs(visit, leave.person, 'Kit'),
    lead: 'No readings come here. A product that watches them may send its own alerts, and they go to whoever had the kit then.',
    children: (
      <>
        {now.length > 0 && (await sharesAHouse(visit.db, leave)) && (
          <Panel kind="caution" heading="Somebody else at this address has kit too" isSmall>
            <p>Ask for name, date of birth and the serial on the kit before you act on an alert.</p>
          </Panel>
        )}
        {now.length > 0 && (about.person.diedOn || !about.lead) && (
          <Panel kind="caution" heading="Kit is still out" isSmall>
            <p>
              {about.person.diedOn ? `${diedWords(about.person)}.` : 'No episode is open.'} Ask for it back:
              until then its alerts go on coming to the team that lent it.
            </p>
          </Panel>
        )}
        <Section
          heading="Has now"
          count={now.length}
          acts={mayLendHere && <Button href={`/people/${leave.person}/kit/lend`}>Lend kit</Button>}
        >
          <Loans loans={now} visit={visit} empty="No kit is lent." />
        </Section>
        <Alerts alerts={await alertsGivenTo(visit.db, leave)} person={leave.person} />
        {before.length > 0 && (
          <Section heading="Had before" count={before.length}>
            <Loans loans={before} visit={visit} empty="" />
          </Section>
        )}
      </>
    ),
  })
  return { kind: 'page', html }
}

function Loans(props: {
  readonly loans: readonly Loan[]
  readonly visit: StaffVisit
  readonly empty: string
}) {
  const { loans, visit, empty } = props
  if (loans.length === 0) return <EmptyState says={empty} />
  const mayChange = visit.caller.activities.has(mayLend)
  return (
    <RowList label="Kit">
      {loans.map((loan) => (
        <Row
          key={loan.loanId}
          what={`${loan.kind.charAt(0).toUpperCase()}${loan.kind.slice(1)}, serial ${loan.serial}`}
          why={`${loan.maker}. Its alerts come from ${loan.product}. Lent by ${loan.lentByName}, serial read back to ${loan.checkedWith}`}
          clock={`${atWords(loan.from)} ${loan.until ? `to ${atWords(loan.until)}` : 'until now'}`}
          act={
            mayChange && (
              <Button
                kind="secondary"
                isSmall
                href={`/people/${loan.personId}/kit/${loan.loanId}`}
                about={`${loan.kind}, serial ${loan.serial}`}
              >
                {loan.until ? 'Correct dates' : 'Take back'}
              </Button>
            )
          }
        />
      ))}
    </RowList>
  )
}

function Alerts({ alerts, person }: { readonly alerts: readonly GivenAlert[]; readonly person: string }) {
  return (
    <Section heading="Alerts while they had it" count={alerts.length}>
      {alerts.length === 0 ? (
        <p>None came. That says nothing about how they are: an alert may be late, or the kit switched off.</p>
      ) : (
        <RowList label="Alerts">
          {alerts.map((alert) => (
            <Row
              key={`${alert.id} ${alert.taskId}`}
              what={
                <a href={`/people/${person}/tasks/${alert.taskId}`}>
                  {alert.product}: “{alert.words}”
                </a>
              }
              why={`${alert.level ? `Called “${alert.level}” by ${alert.product}. ` : ''}Serial ${alert.serial}. Given ${atWords(alert.givenAt)}`}
              clock={
                <>
                  {atWords(alert.happenedAt)}
                  {alert.isLookedAtAgain && <Tag colour="orange">May be somebody else’s</Tag>}
                </>
              }
            />
          ))}
        </RowList>
      )}
    </Section>
  )
}
