import type { Route } from '#access'
import { deathsAddress } from '#people'
import { maySayAlive, maySayDied } from './actions.ts'
import { sendBack, showBack } from './back-page.tsx'
import { sendDeath, showDeath } from './death-page.tsx'
import { showDeaths } from './queue-page.tsx'

const death = '/people/:person/death'

export const screens: readonly Route[] = [
  { method: 'GET', path: deathsAddress, may: 'see people', answer: showDeaths },
  { method: 'GET', path: death, may: maySayDied, answer: (visit, asked) => showDeath(visit, asked) },
  { method: 'POST', path: death, may: maySayDied, answer: sendDeath },
  {
    method: 'GET',
    path: `${death}/back`,
    may: maySayAlive,
    answer: (visit, asked) => showBack(visit, asked),
  },
  { method: 'POST', path: `${death}/back`, may: maySayAlive, answer: sendBack },
]
