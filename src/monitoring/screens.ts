import type { Route } from '#access'
import { mayLend } from './actions.ts'
import { kitAddress, queueAddress, takeInAddress } from './addresses.ts'
import { maySettle, mayTakeIn } from './alert-actions.ts'
import { sendAlert, showAlert } from './alert-page.tsx'
import { sendLend, showLend } from './lend-page.tsx'
import { sendLoan, showLoan } from './loan-page.tsx'
import { showPersonKit } from './person-kit.tsx'
import { showQueue } from './queue-page.tsx'
import { sendKit, showRegister } from './register-page.tsx'
import { sendTakeIn, showTakeIn } from './take-in-page.tsx'

const kit = '/people/:person/kit'

export const screens: readonly Route[] = [
  { method: 'GET', path: kit, may: 'see people', answer: showPersonKit },
  { method: 'GET', path: `${kit}/lend`, may: mayLend, answer: (visit, asked) => showLend(visit, asked) },
  { method: 'POST', path: `${kit}/lend`, may: mayLend, answer: sendLend },
  { method: 'GET', path: `${kit}/:loan`, may: mayLend, answer: (visit, asked) => showLoan(visit, asked) },
  { method: 'POST', path: `${kit}/:loan`, may: mayLend, answer: sendLoan },
  { method: 'GET', path: kitAddress, may: mayLend, answer: (visit, asked) => showRegister(visit, asked) },
  { method: 'POST', path: kitAddress, may: mayLend, answer: sendKit },
  { method: 'GET', path: queueAddress, may: mayTakeIn, answer: showQueue },
  { method: 'GET', path: takeInAddress, may: mayTakeIn, answer: (visit, asked) => showTakeIn(visit, asked) },
  { method: 'POST', path: takeInAddress, may: mayTakeIn, takesFile: true, answer: sendTakeIn },
  {
    method: 'GET',
    path: `${queueAddress}/:alert`,
    may: mayTakeIn,
    answer: (visit, asked) => showAlert(visit, asked),
  },
  { method: 'POST', path: `${queueAddress}/:alert`, may: maySettle, answer: sendAlert },
]
