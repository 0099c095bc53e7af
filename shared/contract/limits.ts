/**
 * Every bound of the suite, named with its unit. An input beyond a bound gets a fault, never a crash.
 * Sources: "AWS" = a service quota of 2026; "ours" = chosen, with the consequence stated.
 */
export const limits = {
  /** AWS: entries in one PutEvents request. */
  putEventsEntriesMax: 10,
  /** AWS: bytes (UTF-8) of one PutEvents request, all entries together; less 4 KiB of headroom for the request's own frame. */
  putEventsBytesMax: 1_048_576 - 4_096,
  /**
   * AWS: bytes (UTF-8) of one entry. The bus takes 1 MiB, but Firehose, which writes the bus log, takes records of 1,000 KiB (API
   * reference of Record); less 4 KiB for the frame in which the bus delivers an entry.
   */
  entryBytesMax: 1_024_000 - 4_096,
  /** AWS: bytes of one SQS message. */
  messageBytesMax: 1_048_576,
  /** AWS: longest visibility timeout that a message can be given. */
  visibilitySecondsMax: 43_200,
  /** AWS: longest delay with which an SQS message can be sent. */
  delaySecondsMax: 900,

  /** AWS: bytes (UTF-8) of an object's key. */
  keyBytesMax: 1_024,
  /** AWS: bytes (UTF-8) of a DynamoDB table's partition key. */
  partitionKeyBytesMax: 2_048,

  /** Ours: one CSV record. Longer ones are quarantined (RECORD_TOO_LONG); it also bounds the memory an unclosed quote can take. */
  recordBytesMax: 262_144,
  /** Ours: bytes of a raw row kept in a quarantine line; the rest stays retrievable by its byte range. */
  quarantinedRowBytesMax: 65_536,
  /** Ours: columns in one record; AWS has none, Excel stops at 16,384. */
  columnsMax: 2_000,
  /** Ours: characters of one decimal number; databases and decimal128 stop near 38 digits. */
  decimalCharactersMax: 40,
  /** Ours: bytes read again because of unclosed quotes, over the whole file, before the file is rejected. */
  rescannedBytesMax: 64 * 262_144,
  /** Ours: bytes of one chunk, the unit that is fanned out. A file of at most this size is processed at once. */
  chunkBytesMax: 16 * 1_048_576,
  /** Ours: what one invocation can inspect in 15 minutes with room to spare, decompressed. */
  fileBytesMax: 10 * 1_073_741_824,
  /** Ours: decompressed bytes for each compressed byte. gzip reaches 1,032 on zeros; honest CSV stays under 100. */
  expansionRatioMax: 200,
  /** Ours: expansion is not judged below this many decompressed bytes. */
  expansionBytesMin: 16 * 1_048_576,
  /** Ours: a sidecar or manifest object. */
  sidecarBytesMax: 65_536,
  /** Ours: an encrypted object. Decryption takes most of a core for some 15 MB/s, and the same 15 minutes must do. */
  encryptedBytesMax: 4 * 1_073_741_824,
  /** Ours: OpenPGP signatures of one file; each costs a hash over all of it. Rotation shows two. */
  fileSignaturesMax: 8,
  /** Ours: how far a partner's clock may be ahead of ours when it signs a file. */
  fileSignatureSkewSeconds: 300,
  /** Ours: how long decryption may neither give nor ask for anything before it is taken for stuck. */
  fileStallMilliseconds: 10_000,
  /** Ours: entries looked at in a zip archive, which may hold one file among directories. */
  archiveEntriesMax: 100,
  /** Ours: faults spelled out in an acknowledgement; the rejected-rows file holds them all. */
  acknowledgedFaultsMax: 100,
  /** Ours: a file of corrected rows; it is held in memory, with the rejected rows that it corrects. */
  fixedFileBytesMax: 8 * 1_048_576,
  /** Ours: lines named in an acknowledgement for rows that repeat a key, or whose amount cannot be read. */
  notedLinesMax: 10,
  /** Ours: keys remembered while one chunk is worked on, to tell repeated ones; about 100 bytes of memory each. */
  seenKeysMax: 500_000,

  /** Ours: records between two checkpoints; a crash repeats at most this many (same event ids). A multiple of putEventsEntriesMax. */
  checkpointRecordsMax: 2_000,
  /** Ours: bytes of records between two checkpoints. */
  checkpointBytesMax: 4 * 1_048_576,
  /** Ours: PutEvents and claim calls under way at once in one function. */
  callsInFlightMax: 16,
  /** Statements of one BatchExecuteStatement. Source: DynamoDB API reference. */
  statementsMax: 25,
  /** Ours: attempts of one call before the work stops at its checkpoint and the queue retries it. */
  publishAttemptsMax: 6,
  /** Ours: base and cap of exponential backoff with full jitter. */
  backoffBaseMilliseconds: 50,
  backoffCapMilliseconds: 5_000,

  /** Ours: days that a contract may ask for, to keep objects or to recognise duplicates. */
  contractDaysMax: 3_650,

  /** AWS: hours over which an alarm may look back, in periods of an hour. */
  quietHoursMax: 168,

  /** Ours: opening a connection to a service. */
  connectMillisecondsMax: 2_000,
  /** Ours: one call to the bus, a table or a queue, until its answer begins. */
  callMillisecondsMax: 5_000,
  /** Ours: bytes of one page of parameters; SSM gives 10 in a page, of 8 KB at most (AWS). */
  parameterPageBytesMax: 1_048_576,
  /** Ours: how long functions of the platform know the integrations that they read; a new one is known after so long at most. */
  registryKeptSeconds: 60,
  /** Ours: after a read of the integrations that failed, until the next. */
  registryRetrySeconds: 10,
  /** Ours: how long integrations that were read serve while they cannot be read again. */
  registryStaleSecondsMax: 900,
  /** Ours: one call to a bucket, until its answer begins; the body of a part is sent within it. */
  objectCallMillisecondsMax: 60_000,
  /** Ours: times a broken download goes on where it stopped before it counts as failed. */
  downloadResumesMax: 3,
  /** Ours: one part of an upload; two are in memory at once. 10,000 parts (AWS) make 78 GiB. */
  uploadPartBytes: 8 * 1_048_576,
  /** AWS: an object that is joined with others, except the last. */
  joinedBytesMin: 5 * 1_048_576,
  /** Ours: bytes that S3 copies in one call, within `objectCallMillisecondsMax`. AWS takes 5 GiB. */
  copiedBytesMax: 512 * 1_048_576,

  /** AWS: longest Lambda invocation. */
  functionSecondsMax: 900,
  /**
   * Ours: how long a lane's work stays leased after an invocation's heartbeat, and how often that is sent. When one dies, another
   * goes on after the first; S3 joining the largest report is the longest silence, and asks for more (`settleMilliseconds`).
   */
  leaseMilliseconds: 120_000,
  leaseBeatMilliseconds: 30_000,
  /** Ours: times an answer is looked at again because another version of the same name was answered meanwhile. */
  answerTriesMax: 50,
  /** Ours: a function with less time left than this hands the rest of its chunk on. */
  handOverMilliseconds: 20_000,
  /**
   * Ours: a function with less time left than this, and which made progress, lets another settle the file or go on with it. One
   * section of the report of bad rows takes seconds, and joining all of the largest report minutes.
   */
  settleMilliseconds: 300_000,
  /** Ours: bytes of one section of the report of bad rows, in each of its forms; a crash repeats at most one. At least `joinedBytesMin`. */
  sectionBytesMin: 32 * 1_048_576,
  /** Ours: how often one chunk may be handed on for want of time before each further time is a fault, alarmed and delayed; beside `RecursiveLoop: Allow`. A chunk is handed on only after a checkpoint, so it cannot go round for ever. */
  hopsMax: 200,
  /** Ours: how long work waits for the data file that its sidecar or manifest announces. */
  dataWaitSeconds: 900,
  /** Ours: receives before a lane's message goes to its DLQ. Only failures without progress use them up. */
  receivesMax: 10,
  /**
   * Ours: how long a lane's message waits for the event bus, or for another hand-off that is under way. A message that waits is
   * sent again and uses up no receives; after this time it has `receivesMax` receives left. EventBridge's own retries to a target
   * stop after 24 hours too.
   */
  busWaitSecondsMax: 86_400,

  /**
   * Ours: bytes of a webhook's body where the contract names none, and the most that a contract may name. Lambda takes an event of
   * 6 MiB (AWS), in which each quote, backslash and line break of a text counts twice: a body of nothing else still fits.
   */
  webhookBodyBytes: 1_048_576,
  webhookBodyBytesMax: 3_000_000,
  /** Ours: one header that a scheme reads. API Gateway takes 10,240 bytes for all. */
  webhookHeaderBytesMax: 4_096,
  /** Ours: signatures in one header. Rotation shows two or three; each may cost a verification for each secret. */
  webhookSignaturesMax: 16,
  /** Ours: signed items in one body (Adyen sends one; its SOAP form at most six). */
  webhookSignedItemsMax: 16,
  /** Ours: headers that a request may list as signed. Contentful lists about ten. */
  webhookSignedHeadersMax: 64,
  /** Ours: characters of a JSON Web Token. Apple's, with its chain of certificates and its payload, have some 10,000. */
  webhookTokenCharactersMax: 65_536,
  /** Ours: seconds by which clocks may differ when a token's `exp` and `nbf` are checked. RFC 7519 allows "a few minutes". */
  webhookTokenLeewaySeconds: 60,
  /** Ours: certificates in the chain of a token. Apple sends three. */
  webhookCertificatesMax: 5,
  /** Ours: how long published keys and certificates are used without reading them again. Fireblocks, Google and AWS allow an hour or more. */
  keyDocumentCachedSeconds: 3_600,
  /** Ours: published keys and certificates that one function instance holds, their size, and how many it reads in a minute: addresses come from requests. */
  keyDocumentsMax: 64,
  keyDocumentBytesMax: 262_144,
  keyDocumentReadsAMinuteMax: 30,
  /** Ours: form fields in one body (Twilio sends some forty). */
  webhookFormFieldsMax: 1_000,
  /** Ours: items of one delivery that are known by ids of their own. Each is claimed while the partner waits. */
  webhookItemsMax: 1_000,
  /** Ours: characters of a delivery id. */
  webhookIdCharactersMax: 256,
  /** Ours: characters of a handshake's challenge, which is answered as it came. */
  webhookChallengeCharactersMax: 512,
  /** Ours: bytes of an answer that a contract writes (Twilio's `<Response/>` has 11). */
  webhookAnswerBytesMax: 1_024,
  /** Ours: the longest tolerance that a scheme may declare; replays must be remembered for twice as long. */
  webhookToleranceSecondsMax: 3_600,
  /** Ours: nesting of untrusted JSON. Providers stay under 20. */
  jsonDepthMax: 64,

  secondsADay: 86_400,
  /** Ours: days for which a fence knows repeats; longer than any known provider retries (Adyen: 30). */
  replayHorizonDays: 40,
  replayHorizonDaysMax: 400,
  /** Ours: one call to a service while a partner waits; many time out after 5 to 10 seconds. */
  webhookCallMillisecondsMax: 2_000,
  /** Ours: attempts to publish while the partner waits; then the delivery is spilled. */
  webhookPublishAttemptsMax: 3,
  /** Ours: how long a concurrent repeat waits for the first to commit, and how often it looks. */
  webhookRepeatWaitMilliseconds: 2_000,
  webhookRepeatPollMilliseconds: 100,
  /** Ours: the Retry-After of an answer when nothing better is known. */
  webhookRetryAfterSeconds: 5,
  /** Ours: how long keys are used without asking for them again: a revoked secret is valid for at most this long. */
  keysCachedSeconds: 300,
  /** Ours: keys that cannot be read again are used for this long after they were read; then 503. */
  keysStaleSecondsMax: 3_600,
  /** Ours: least time between two readings of the keys because no secret matched: what a flood of forgeries costs. */
  keysRefreshSecondsMin: 5,
  /** Ours: rejected requests of one cause kept in one hour where the contract names no number, and the most that it may name. */
  rejectsAnHour: 1_000,
  rejectsAnHourMax: 10_000,
  /** Ours: their bytes together. Beyond either, only each group of addresses can add to them; the rest is counted. */
  rejectBytesAnHourMax: 64 * 1_048_576,
  /** Ours: groups into which senders' addresses are divided, so that a flood from some of them leaves room for the others. */
  rejectSourceGroups: 16,
  /** Ours: what each group may add to the rejects of one cause in one hour: this part of their number, and so many bytes. */
  rejectsOfSourceShare: 1 / 20,
  rejectBytesOfSourceMax: 8 * 1_048_576,
  /** Ours: released requests named in the answer to an operator; a function's answer takes 6 MB (AWS). */
  releasesListedMax: 1_000,
  /** Ours: seconds for which a request holds a function that starts cold, measured at 0.4 at most. Reserved concurrency by default is the throttle's rate for so long. */
  coldAnswerSeconds: 0.4,
  /** Ours: executions that a fence reserves at least. */
  fenceConcurrencyMin: 5,
  /** Ours: days that rejected requests are kept where the contract names none, and the most that it may name: time to fix a secret or a contract. */
  rejectsKeptDays: 14,

  /** Ours: one change record, as it is on its stream; Kinesis takes 10 MiB, but no event made of more fits the bus. */
  changeRecordBytesMax: 1_048_576,
  /** Ours: characters of all values of one array, as they are published; no event made of more fits the bus. */
  changeArrayCharactersMax: 1_048_576,
  /** Ours: columns that a report of drift names for each kind of difference; of the others it tells the number. */
  driftColumnsMax: 100,
  /** Ours: characters of a column's name in a report of drift. Databases stop at 128, documents do not. */
  columnNameCharactersMax: 128,
  /** Ours: logs that a shard's high mark tells apart, and signs of new changes of each; the oldest gives way. One connector has one log. */
  feedLogsMax: 16,
  /** Ours: characters of a log's or server's name in a high mark, so that an item of the ledger holds all of them. */
  logNameCharactersMax: 200,
  feedSignsMax: 16,
  /** Ours: places at which a shard stopped because its log fell. Records before the oldest get a later epoch when they come again. */
  feedFallsMax: 32,
  /** Ours: times a batch reads the high mark again because a parallel batch of its shard stored another; AWS runs 10 at once. */
  highMarkTriesMax: 20,
  /** Ours: days for which the books of a feed's batch are kept; the audit trail is written from them within minutes. */
  batchBooksDays: 7,
  /** Ours: ranges of quarantined records that the books of a batch name, so that its item stays small. */
  exceptedRangesMax: 200,
  /** Ours: a feed with less time left than this publishes no more and reports where it stopped. */
  feedStopMilliseconds: 10_000,

  /** Ours: characters of an integration's id, so that every name that contains it fits: SQS takes 80 for a queue, Lambda 64 for a function. */
  integrationIdCharactersMax: 40,
  /** Ours: entries on one page of the operator's API, and where the caller names no number. */
  pageEntriesMax: 100,
  pageEntries: 25,
  /** Ours: bytes of one kept object that are read for a list. A webhook's body takes 4 MB, its record a third more. */
  quarantineReadBytesMax: 8 * 1_048_576,
  /** Ours: times that the head of a chain is read again because another writer added to it. */
  auditTriesMax: 20,
  auditRetryMilliseconds: 100,
  /** Ours: days that one run seals, after a time in which none did. */
  auditSealDaysMax: 31,
  /** Ours: days for which the heads of chains are kept beside the trail. */
  auditHeadDays: 40,
  /** Ours: objects and bytes of the trail that one request verifies. */
  auditObjectsAPage: 200,
  auditBytesAPage: 16 * 1_048_576,
  /** Ours: findings that one request lists; more of them say nothing new. */
  auditFindingsAPage: 100,
  /** Ours: quarantine reports read for one page; a page that reads more ends early and has a next. */
  quarantineReportsAPage: 50,
  /** S3 gives at most so many keys in one listing. Source: Amazon S3 API, ListObjectsV2. */
  keysAListing: 1_000,
  /** Ours: dead letters read at a time. They are invisible to others for the seconds below. */
  deadLettersReadMax: 100,
  deadLettersHiddenSeconds: 10,
  /** Ours: hand-offs that the state of a lane is made from. More are shown as "or more". */
  booksHandoffsMax: 100,
  /** Ours: after its message is due again, work is left alone for so long. */
  resumeSlackSeconds: 900,
  /** Ours: work that nobody holds, and of which no next try is known, is asked for again after so long: it may wait behind other work. */
  stalledSeconds: 3_600,
  /** Ours: how often the reconciler asks for the same work again: at once, then after 1, 2, 4, 8, 16 and 24 hours. Then people must look. */
  resumesMax: 7,
  resumePauseSecondsMax: 86_400,
  /** Ours: hand-offs that the reconciler looks at together, and pages of them for one integration in one run. */
  reconcilePageEntries: 100,
  reconcilePagesMax: 50,
  /** Ours: findings that a run keeps for operators. Beyond, only counts. */
  reconcileFindingsMax: 100,
  /** Ours: a settled file is compared for good when no invocation that began before can still write. */
  reconcileSettledSeconds: 900,
  /** Ours: an object is looked for in the ledger when its notification had so long to be worked on. */
  sweepAgeSeconds: 900,
  /** Ours: how often the objects of a lane are looked through, and how far back the first look goes. */
  sweepEverySeconds: 3_600,
  sweepFirstSeconds: 3 * 86_400,
  /** Ours: pages of a lane's objects in one run, of `keysAListing` each. */
  sweepPagesMax: 50,
  /** Ours: how often a provider is asked what it has, how far back the first time, and for how long a missing item is reported. */
  listingEverySeconds: 3_600,
  listingFirstSeconds: 86_400,
  listingReportedSeconds: 7 * 86_400,
  /** Ours: minutes that a delivery may take, where the contract does not say. Most providers deliver in seconds and retry within the hour. */
  listingGraceMinutes: 60,
  /** Ours: pages of a provider's list in one run, items on one (Shopify and Stripe: 250 and 100), its size, and characters of a cursor. */
  listingPagesMax: 40,
  listingPageItemsMax: 1_000,
  listingAnswerBytesMax: 1_048_576,
  listingCursorCharactersMax: 4_096,
  /** Ours: one call of a provider's API, which nobody waits for. */
  listingCallMillisecondsMax: 10_000,
  /** Ours: missing items of a fence that are kept by id. Beyond, nothing more is looked for until some of them came or are forgotten. */
  listingMissingMax: 500,
  /** Ours: after so long without an answer of a provider people must look. */
  listingSilentSeconds: 86_400,
  /** Ours: the longest grace of a schedule: then the next day's file is due. */
  graceMinutesMax: 1_440,
  /** Ours: how far back the first look at a schedule goes, and how many overdue files of a lane are kept. */
  watchFirstSeconds: 40 * 86_400,
  overdueKeptMax: 10,
  /** Ours: files are counted for a schedule when the ledger's index had so long to follow. */
  watchLagSeconds: 60,
  /** Ours: the reconciler begins nothing new with less time left. */
  reconcileStopMilliseconds: 60_000,
  /** Ours: BatchGetItem may leave keys unread when a table is busy. It is asked again so often. */
  batchGetTriesMax: 5,
  /** Ours: sightings that an issue remembers, so that a log delivery that comes again is not counted again. */
  issueSightingsKept: 100,
  /** Ours: integrations on one dashboard. CloudWatch takes 500 metrics in a graph, and 2,500 on a dashboard; each integration has up to 3 and 35. */
  dashboardIntegrationsMax: 60,
  /** Ours: hours with faults of which an issue remembers how many. */
  issueHoursKept: 48,
  /** Ours: issues listed at a time, the newest first. */
  issuesListedMax: 500,
  /** Ours: times an issue is read again because another delivery wrote it meanwhile. */
  issueTriesMax: 10,
  /** Ours: bytes of content in one answer of the operator's API. Lambda answers with 6 MB at most, and base64 takes a third more. */
  contentBytesAPage: 2 * 1_048_576,
  /** Ours: days of books in one answer of the operator's API. Each is one read. */
  bookDaysMax: 31,
  /** Ours: days for which the table of operators keeps who looked at content. The audit trail takes it within minutes. */
  readingKeptDays: 30,
  /** Ours: days after which a link for a partner ends, unless who makes it says otherwise. */
  partnerLinkDays: 7,
  /** Ours: days for which such a link can be made. Whoever has it sees what the partner sees. */
  partnerLinkDaysMax: 30,
  /** Ours: days after its end for which a link is listed. */
  partnerLinkKeptDays: 30,
  /** Ours: files that one link may upload, so that a link in wrong hands fills no bucket. */
  partnerUploadsMax: 200,
  /** Ours: bytes of a file that is uploaded by a partner's page. A function takes 6 MiB at most, in base64 a third less. */
  partnerUploadBytesMax: 4 * 1_048_576,
  /** Ours: bytes of an acknowledgement that a partner's page reads. They have some dozen KB. */
  partnerAnswerBytesMax: 1_048_576,
  /** Ours: days after the last fault for which an issue is kept. */
  issueKeptDays: 90,

  /** Ours: Firehose writes an object of the bus log when so much time is over, or so much came. AWS takes 0 to 900 s, 1 to 128 MiB. */
  busLogBufferSeconds: 60,
  busLogBufferMebibytes: 64,
  /** Ours: an event that Firehose has for so long without writing it rings. */
  busLogLateSeconds: 900,
  /** Ours: days that the bus log keeps events at least, so that what was published can be proven. */
  busLogDaysMin: 35,
  /** Ours: how late an event may come to the bus log and is still found by the time at which it was published. */
  busLogSearchedLateSeconds: 3_600,
  /** Ours: compressed bytes and objects of the bus log that are read for one page of events, and bytes asked for in one call. */
  busLogBytesAPage: 32 * 1_048_576,
  busLogObjectsAPage: 300,
  busLogReadBytes: 8 * 1_048_576,

  /** Ours: how long after a file was settled the bus log may lack its events before they are looked for. */
  proofGraceSeconds: 1_800,
  /** Ours: how far back the auditor of the bus looks for files whose events are not proven. */
  proofLookBackHours: 72,
  /** Ours: hours after which the auditor remembers a file that is still in work, and how many files of a lane it remembers. */
  lateFileHours: 24,
  lateFilesMax: 1_000,
  /** Ours: hours of the bus log that are read in one go, for the files that were settled in them. */
  proofWindowHours: 2,
  /** Ours: ids that are held in memory at a time, some 100 bytes each. */
  provenIdsAtOnce: 2_000_000,
  /** Ours: claims of deliveries and batches that are compared together, some 500 bytes each. */
  claimsAtOnce: 100_000,
  /** Ours: how long before its books a delivery or a batch was published at the earliest: the longest time of a function (AWS). */
  proofUnitSeconds: 900,
  /** Ours: events of one unit that are published again at a time; an answer of Lambda has 6 MB (AWS). */
  provenEventsMax: 20_000,
  /** Ours: events on the bus that a lane names of a chunk, because it does not derive them. */
  unclaimedIdsMax: 1_000,
  /** Ours: units of an integration that are looked for again in each run. With more, the auditor reads no further and rings. */
  openClaimsMax: 100,
  /** Ours: days whose counts may still change, and deliveries without an outcome that are remembered. */
  proofDaysOpen: 5,
  unendedKeptMax: 1_000,
  /** Ours: days before this one for which receipts of consumers are looked for. */
  receiptDays: 2,
  /** Ours: how long after a day the last of its audit records may be written. */
  trailDayEndsSeconds: 3_600,
  /** Ours: the auditor begins no window with less time left. */
  proofStopMilliseconds: 240_000,
  /** Ours: days that a proof is kept. */
  proofDays: 400,
  /** Ours: units that a plan does in a second where its maker names no number, and the most that can be named. */
  planUnitsASecond: 50,
  planUnitsASecondMax: 1_000,
  /** Ours: units above which another person must approve a plan, where the contract names no number, and the most that it may name. */
  planUnitsWithoutApproval: 1_000,
  planUnitsWithoutApprovalMax: 1_000_000,
  /** Ours: hours after which a plan that did not begin, or is paused, is made again, since what it counted has changed. */
  planValidHours: 24,
  /** Ours: days that a plan, its history and its failures are kept. */
  planKeptDays: 400,
  /** Ours: units that are shown of a plan. */
  planSamples: 5,
  /** Ours: units that may fail before a plan stops; whoever made it looks first. */
  planFailuresMax: 100,
  /** Ours: dead letters that one plan redrives. Each is invisible to others for so long while the plan is counted or works. SQS hides 120,000 at once (AWS). */
  planDeadLettersMax: 10_000,
  planDeadLettersHiddenSeconds: 300,
  /** Ours: rejects that a plan looks at in one call of the fence's function. */
  planReleasesAPage: 25,
  /** Ours: quarantined requests or changes that a plan gives to a function in one call, which has time for all of them, and their bytes: Lambda takes 6 MB (AWS). */
  planObjectsACall: 100,
  planObjectsBytesMax: 5 * 1_048_576,
  /** Ours: quarantined requests or changes that one plan takes. */
  planObjectsMax: 100_000,
  /** Ours: their keys that are in memory to be sorted; twice as many for a moment, some 60 MB. */
  planKeysAtOnce: 100_000,
  /** Ours: parts of an integration, such as shards, by which a plan counts its units. */
  planPartsMax: 50,
  /** Ours: objects of undelivered records that one plan takes. One job reads each of them twice to count it. */
  planUndeliveredObjectsMax: 5_000,
  /** Ours: notices of undelivered records that are looked at when a job ends, and for how long they are invisible to others meanwhile. */
  noticesASweepMax: 5_000,
  noticesHiddenSeconds: 120,
  /** Ours: one call of an integration's function by a plan, until its answer begins. */
  planInvokeMilliseconds: 120_000,
  /** Ours: events that a replay sends between two checkpoints. */
  replayUnitsAPage: 100,
  /** Ours: hours that a lane's notifications and a fence's spilled deliveries wait in their queue. SQS takes 14 days at most. */
  workQueueHours: 96,
  /** Ours: how often an event source mapping that changes is looked at, and for how long one job waits for it. */
  mappingPollMilliseconds: 1_000,
  mappingWaitMilliseconds: 240_000,
  /** Ours: a message that is taken while its integration is disabled goes back to its queue for so long. */
  disabledDelaySeconds: 60,
  /** Ours: part of the time that input waits of an integration that is disabled, after which people must look. */
  disabledPatience: 0.5,
  /** Ours: a plan's function runs so long, and hands on with less time left than this. */
  planFunctionSeconds: 600,
  planHandOverMilliseconds: 60_000,
} as const;
