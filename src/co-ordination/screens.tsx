import type { Route } from '#access'
import { mayAskForHelp, sendAskAdd, sendAskBack, showAskAdd } from './ask-add.tsx'
import { sendAsk, showAsk } from './ask-page.tsx'
import { mayArrangeHelp } from './ask-store.ts'
import { asksAddress, showAsks } from './asks-page.tsx'
import { showContacts } from './contact-list.tsx'
import { sendRecord, showRecord } from './contact-record.tsx'
import { sendStrike, showStrike } from './contact-strike.tsx'
import { showWhom, whomAddress } from './contact-whom.tsx'
import { mayCover } from './cover-actions.ts'
import { coverAddress, sendCover, sendCoverEnd, showCover } from './cover-page.tsx'
import { showEmergency } from './emergency-page.tsx'
import { firstContactsAddress } from './first-contact-rows.tsx'
import { showFirstContacts } from './first-contacts-page.tsx'
import { mayHandOver } from './hand-over-actions.ts'
import { sendHandOver, showHandOver } from './hand-over-form.tsx'
import { handOverAddress, showHandOvers } from './hand-over-page.tsx'
import { mayChangeHowSoon, sendHowSoon, showHowSoon } from './how-soon-page.tsx'
import { showMyDay } from './my-day.tsx'
import { findMyPeople, showMyPeople } from './my-people.tsx'
import { findOutOfHours, showOutOfHours } from './out-of-hours.tsx'
import { showOwnCopy } from './own-copy-page.tsx'
import { sendSharing, showSharing } from './sharing-page.tsx'
import { sendAdd, showAdd } from './task-add.tsx'
import { sendTurn, showTask } from './task-page.tsx'
import { showUnanswered, unansweredAddress } from './unanswered-page.tsx'

const person = '/people/:person'

export const screens: readonly Route[] = [
  { method: 'GET', path: '/my-day', may: 'do tasks', answer: showMyDay },
  { method: 'GET', path: unansweredAddress, may: 'see people', answer: showUnanswered },
  { method: 'GET', path: asksAddress, may: mayArrangeHelp, answer: showAsks },
  {
    method: 'GET',
    path: `${person}/asks/add`,
    may: mayAskForHelp,
    answer: (visit, asked) => showAskAdd(visit, asked),
  },
  { method: 'POST', path: `${person}/asks/add`, may: mayAskForHelp, answer: sendAskAdd },
  {
    method: 'GET',
    path: `${person}/asks/:ask`,
    may: mayArrangeHelp,
    answer: (visit, asked) => showAsk(visit, asked),
  },
  { method: 'POST', path: `${person}/asks/:ask`, may: mayArrangeHelp, answer: sendAsk },
  { method: 'POST', path: `${person}/asks/:ask/back`, may: mayAskForHelp, answer: sendAskBack },
  { method: 'GET', path: whomAddress, may: 'record contacts', answer: showWhom },
  { method: 'GET', path: coverAddress, may: mayCover, answer: (visit, asked) => showCover(visit, asked) },
  { method: 'POST', path: coverAddress, may: mayCover, answer: sendCover },
  { method: 'POST', path: `${coverAddress}/end`, may: mayCover, answer: sendCoverEnd },
  { method: 'GET', path: '/my-people', may: 'see people', answer: showMyPeople },
  { method: 'POST', path: '/my-people', may: 'see people', answer: findMyPeople },
  { method: 'GET', path: firstContactsAddress, may: 'see people', answer: showFirstContacts },
  { method: 'GET', path: handOverAddress, may: mayHandOver, answer: showHandOvers },
  { method: 'GET', path: `${handOverAddress}/:staff`, may: mayHandOver, answer: showHandOver },
  { method: 'POST', path: `${handOverAddress}/:staff`, may: mayHandOver, answer: sendHandOver },
  { method: 'GET', path: '/out-of-hours', may: 'see emergency summary', answer: showOutOfHours },
  { method: 'POST', path: '/out-of-hours', may: 'see emergency summary', answer: findOutOfHours },
  { method: 'GET', path: `${person}/emergency`, may: 'see emergency summary', answer: showEmergency },
  { method: 'GET', path: `${person}/own-copy`, may: 'see people', answer: showOwnCopy },
  {
    method: 'GET',
    path: `${person}/sharing`,
    may: 'write plans',
    answer: (visit, asked) => showSharing(visit, asked),
  },
  { method: 'POST', path: `${person}/sharing`, may: 'write plans', answer: sendSharing },
  { method: 'GET', path: `${person}/how-soon`, may: mayChangeHowSoon, answer: showHowSoon },
  { method: 'POST', path: `${person}/how-soon`, may: mayChangeHowSoon, answer: sendHowSoon },
  { method: 'GET', path: `${person}/contacts`, may: 'see people', answer: showContacts },
  { method: 'GET', path: `${person}/contacts/record`, may: 'record contacts', answer: showRecord },
  { method: 'POST', path: `${person}/contacts/record`, may: 'record contacts', answer: sendRecord },
  {
    method: 'GET',
    path: `${person}/contacts/:contact/strike`,
    may: 'record contacts',
    answer: (visit, asked) => showStrike(visit, asked),
  },
  { method: 'POST', path: `${person}/contacts/:contact/strike`, may: 'record contacts', answer: sendStrike },
  {
    method: 'GET',
    path: `${person}/tasks/add`,
    may: 'do tasks',
    answer: (visit, asked) => showAdd(visit, asked),
  },
  { method: 'POST', path: `${person}/tasks/add`, may: 'do tasks', answer: sendAdd },
  {
    method: 'GET',
    path: `${person}/tasks/:task`,
    may: 'do tasks',
    answer: (visit, asked) => showTask(visit, asked),
  },
  { method: 'POST', path: `${person}/tasks/:task`, may: 'do tasks', answer: sendTurn },
]
