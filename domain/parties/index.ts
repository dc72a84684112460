/** What other contexts may use of parties. */

export { activitiesBetween } from './activity/activities-between.ts'
export type { Activity } from './activity/activity.ts'
export { logActivity } from './activity/log-activity.ts'
export { type DueQuote, quotesDue, quoteText } from './agenda/due-quote.ts'
export { askedFor, whoseLists } from './asked.ts'
export { pageByExternalId } from './by-external-id.ts'
export { changeContact, createContact } from './contact/change-contact.ts'
export { contacts } from './contact/contact.table.ts'
export { ChangeContact, type Contact } from './contact/contact.ts'
export { contactsBornOn, contactsOfCustomer } from './contact/list-contacts.ts'
export {
  customersInSight,
  reachOf,
  reachOfUser,
  rowsInSight,
  sightOf,
  visibleCustomer,
  visibleOfCustomer,
  writableCustomer,
  writableOfCustomer,
} from './customer/access.ts'
export { createCustomer } from './customer/change-customer.ts'
export { allCustomers, creditKey, customerPartition, customers } from './customer/customer.table.ts'
export { ChangeCustomer, type Customer, CustomerId, type OpenFollowUp } from './customer/customer.ts'
export { languageOf } from './customer/language-of.ts'
export { type MailAddress, mailAddressesOf } from './customer/mail-address.ts'
export { type Deals, latestDeals, noteDeals, recountDeals } from './customer/note-deals.ts'
export { orderDay } from './customer/order-rhythm.ts'
export { asThingsOf, isThingOf, partitionsOf, rangesOf } from './customer/partitions.ts'
export { PaymentTerms } from './customer/payment-terms.ts'
export { type Quiet, type QuietKind, quietKinds, quietText, stillQuiet } from './customer/quiet.ts'
export { type Summary, summariseCustomer } from './customer/summarise-customer.ts'
export { termsValue } from './customer/terms-value.ts'
export { dueRange, endOfDay, idsOfDays, inRange } from './due-range.ts'
export { customersCalled } from './duplicate/customers-called.ts'
export { DuplicateOverride } from './duplicate/override.ts'
export { createFollowUp, postponeFollowUp } from './follow-up/change-follow-up.ts'
export {
  type DueFollowUp,
  type DueItem,
  type DueQuiet,
  type DueReclaim,
  dueItems,
  plannedIn,
  stillOpen,
} from './follow-up/due-follow-ups.ts'
export type { ContactDue } from './follow-up/follow-up.table.ts'
export { counted, type Mover } from './handover/mover.ts'
export { thingsMover } from './handover/things-mover.ts'
export { ownReferrers } from './merge/own-referrers.ts'
export { absorbedBy } from './merge/redirect.table.ts'
export { type Referrer, thingsAmong, thingsOf } from './merge/referrer.ts'
export { runMerge } from './merge/run-merge.ts'
export { survivors } from './merge/survivors.ts'
export { type Business, warnOfReclaims } from './ownership/reclaim-customers.ts'
export { reclaimWarningText } from './ownership/reclaim-reason.ts'
export { type Reclaim, type ReclaimSettings, reclaimToTell } from './ownership/reclaim-rules.ts'
export { reclaimSettings } from './ownership/reclaim-settings.ts'
export { writableRecord } from './record.ts'
export { type CardRow, codeField, type NounFields, offCard, type SearchedField, textField } from './search/fields.ts'
export { type SearchLimits, searchLimits, TooManyCards } from './search/limits.ts'
export { namedIn } from './search/named-in.ts'
export { type Prepared, preparedSearch, type Search } from './search/prepare-search.ts'
export { runSearch, type SearchPage } from './search/run-search.ts'
export { checkPeople, type PersonField, peopleWho, searchPeople } from './search/search-people.ts'
export { namingSurvivors } from './search/survivors.ts'
export { thingsInReach } from './search/things-in-reach.ts'
export { allBits, bitsOf, type Word } from './search/words.ts'
export { customerColumns, linkedCustomer } from './sheet/customer-link.ts'
export { customerNames, withCustomer } from './sheet/customer-names.ts'
