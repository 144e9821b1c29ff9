import type { Db } from '#database'
import { acceptanceOf, staffPosts } from '#organisations'
import { Panel, Steps } from '#ui'
import { places } from './sign-in-store.ts'

/** What has to be there before anybody can work down a list of their own people. */
export type Begun = {
  readonly isLoaded: boolean
  readonly isAccepted: boolean
  readonly hasCaseManager: boolean
}

/** The roles that may be somebody's named case manager, as `referral` has them. */
const owning: readonly string[] = ['case manager', 'care co-ordinator', 'team lead']

/** How far a new installation has come. */
export async function begunAt(db: Db): Promise<Begun> {
  return {
    isLoaded: (await places(db)).length > 0,
    isAccepted: (await acceptanceOf(db, 'case-finding')) !== undefined,
    hasCaseManager: (await staffPosts(db)).some(({ role }) => owning.includes(role)),
  }
}

/** The first steps of an installation of one’s own, and whose each is; nothing once they are taken. */
export function FirstSteps({ begun }: { readonly begun: Begun }) {
  const { isLoaded, isAccepted, hasCaseManager } = begun
  if (isLoaded && isAccepted && hasCaseManager) return null
  const first = [isLoaded, isAccepted, hasCaseManager].indexOf(false)
  const stateOf = (step: number, isDone: boolean) => (isDone ? 'done' : step === first ? 'now' : 'to do')
  return (
    <Panel kind="neutral" heading="Where to begin">
      <Steps
        steps={[
          {
            words: (
              <>
                Load your extract, where Keyworker runs:{' '}
                <code>npm run -s keyworker -- load ./my-extract --data FOLDER</code>, with the folder you
                started it with. Its practices are places to work at
              </>
            ),
            state: stateOf(0, isLoaded),
          },
          {
            words:
              'As clinical safety officer: read under Purposes what case-finding is meant for, and accept it',
            state: stateOf(1, isAccepted),
          },
          {
            words:
              'As system administrator: under Staff, give somebody of your team the post of case manager',
            state: stateOf(2, hasCaseManager),
          },
          { words: 'As GP at a practice: work down its list', state: stateOf(3, false) },
        ]}
      />
    </Panel>
  )
}
