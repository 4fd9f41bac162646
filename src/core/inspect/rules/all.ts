import { asn1Ber } from "./asn1Ber.js";
import { asn1BitString } from "./asn1BitString.js";
import { asn1BitStringPadding } from "./asn1BitStringPadding.js";
import { asn1Boolean } from "./asn1Boolean.js";
import { asn1BooleanLength } from "./asn1BooleanLength.js";
import { asn1Default } from "./asn1Default.js";
import { asn1Integer } from "./asn1Integer.js";
import { asn1LeadingData } from "./asn1LeadingData.js";
import { asn1Length } from "./asn1Length.js";
import { asn1LengthWrong } from "./asn1LengthWrong.js";
import { asn1Limit } from "./asn1Limit.js";
import { asn1NotMinimal } from "./asn1NotMinimal.js";
import { asn1Null } from "./asn1Null.js";
import { asn1Oid } from "./asn1Oid.js";
import { asn1Overrun } from "./asn1Overrun.js";
import { asn1SetDuplicate } from "./asn1SetDuplicate.js";
import { asn1SetOrder } from "./asn1SetOrder.js";
import { asn1StringCharacter } from "./asn1StringCharacter.js";
import { asn1StringEncoding } from "./asn1StringEncoding.js";
import { asn1Tag } from "./asn1Tag.js";
import { asn1Time } from "./asn1Time.js";
import { asn1TimeForm } from "./asn1TimeForm.js";
import { asn1TrailingData } from "./asn1TrailingData.js";
import { asn1Truncated } from "./asn1Truncated.js";
import { asn1Unread } from "./asn1Unread.js";
import { base64Character } from "./base64Character.js";
import { capsEmpty } from "./capsEmpty.js";
import { certCa } from "./certCa.js";
import { certChain } from "./certChain.js";
import { certExpired } from "./certExpired.js";
import { certExtensionDuplicate } from "./certExtensionDuplicate.js";
import { certExtensionUnknownCritical } from "./certExtensionUnknownCritical.js";
import { certKeyTooShort } from "./certKeyTooShort.js";
import { certNotYetValid } from "./certNotYetValid.js";
import { certRaKeyUsage } from "./certRaKeyUsage.js";
import { certSanMissing } from "./certSanMissing.js";
import { certSerialNumber } from "./certSerialNumber.js";
import { certSignatureAlgorithm } from "./certSignatureAlgorithm.js";
import { certSignatureInvalid } from "./certSignatureInvalid.js";
import { certSignatureWeakDigest } from "./certSignatureWeakDigest.js";
import { certsOnlyContent } from "./certsOnlyContent.js";
import { certsOnlyEmpty } from "./certsOnlyEmpty.js";
import { certValidityEncoding } from "./certValidityEncoding.js";
import { certValidityOrder } from "./certValidityOrder.js";
import { certVersion } from "./certVersion.js";
import { cmsSignedAttrsOrder } from "./cmsSignedAttrsOrder.js";
import { crlExpired } from "./crlExpired.js";
import { crlExtensionUnknownCritical } from "./crlExtensionUnknownCritical.js";
import { crlNextUpdateMissing } from "./crlNextUpdateMissing.js";
import { crlSignatureInvalid } from "./crlSignatureInvalid.js";
import { crlVersion } from "./crlVersion.js";
import { csrAttributeDuplicate } from "./csrAttributeDuplicate.js";
import { csrAttributeMalformed } from "./csrAttributeMalformed.js";
import { csrAttributeMicrosoft } from "./csrAttributeMicrosoft.js";
import { csrAttributesMissing } from "./csrAttributesMissing.js";
import { csrCaRequested } from "./csrCaRequested.js";
import { csrChallengeBlanks } from "./csrChallengeBlanks.js";
import { csrChallengeCharacters } from "./csrChallengeCharacters.js";
import { csrChallengeEmpty } from "./csrChallengeEmpty.js";
import { csrChallengeMalformed } from "./csrChallengeMalformed.js";
import { csrChallengeMissing } from "./csrChallengeMissing.js";
import { csrChallengeSeveral } from "./csrChallengeSeveral.js";
import { csrChallengeStringType } from "./csrChallengeStringType.js";
import { csrChallengeThumbprint } from "./csrChallengeThumbprint.js";
import { csrChallengeTooLong } from "./csrChallengeTooLong.js";
import { csrEkuAny } from "./csrEkuAny.js";
import { csrExtensionDuplicate } from "./csrExtensionDuplicate.js";
import { csrExtensionMalformed } from "./csrExtensionMalformed.js";
import { csrKeyExponent } from "./csrKeyExponent.js";
import { csrKeyModulus } from "./csrKeyModulus.js";
import { csrKeyShared } from "./csrKeyShared.js";
import { csrKeySize } from "./csrKeySize.js";
import { csrKeyTooShort } from "./csrKeyTooShort.js";
import { csrKeyUnsupported } from "./csrKeyUnsupported.js";
import { csrKeyUsageTemplate } from "./csrKeyUsageTemplate.js";
import { csrKeyWeak } from "./csrKeyWeak.js";
import { csrSanCommonName } from "./csrSanCommonName.js";
import { csrSanCritical } from "./csrSanCritical.js";
import { csrSanDuplicate } from "./csrSanDuplicate.js";
import { csrSanMalformed } from "./csrSanMalformed.js";
import { csrSanMissing } from "./csrSanMissing.js";
import { csrSidMalformed } from "./csrSidMalformed.js";
import { csrSidMissing } from "./csrSidMissing.js";
import { csrSidPresent } from "./csrSidPresent.js";
import { csrSignatureInvalid } from "./csrSignatureInvalid.js";
import { csrSignatureUnverified } from "./csrSignatureUnverified.js";
import { csrSignatureWeakDigest } from "./csrSignatureWeakDigest.js";
import { csrSubjectBlanks } from "./csrSubjectBlanks.js";
import { csrSubjectCountry } from "./csrSubjectCountry.js";
import { csrSubjectDuplicateCommonName } from "./csrSubjectDuplicateCommonName.js";
import { csrSubjectEmail } from "./csrSubjectEmail.js";
import { csrSubjectEmpty } from "./csrSubjectEmpty.js";
import { csrSubjectMalformed } from "./csrSubjectMalformed.js";
import { csrSubjectOrder } from "./csrSubjectOrder.js";
import { csrSubjectPlaceholder } from "./csrSubjectPlaceholder.js";
import { csrSubjectStringType } from "./csrSubjectStringType.js";
import { csrSubjectTooLong } from "./csrSubjectTooLong.js";
import { csrSubjectWildcard } from "./csrSubjectWildcard.js";
import { csrTemplateNamed } from "./csrTemplateNamed.js";
import { csrVersion } from "./csrVersion.js";
import { httpBodyEmpty } from "./httpBodyEmpty.js";
import { httpBodyHtml } from "./httpBodyHtml.js";
import { httpContentCoding } from "./httpContentCoding.js";
import { httpContentType } from "./httpContentType.js";
import { httpCut } from "./httpCut.js";
import { httpFailure } from "./httpFailure.js";
import { httpFraming } from "./httpFraming.js";
import { httpGarbage } from "./httpGarbage.js";
import { httpLimit } from "./httpLimit.js";
import { httpRequestMissing } from "./httpRequestMissing.js";
import { httpStatus } from "./httpStatus.js";
import { httpUrlTooLong } from "./httpUrlTooLong.js";
import { pemArmour } from "./pemArmour.js";
import { pemQuoted } from "./pemQuoted.js";
import { pemLabel } from "./pemLabel.js";
import { pemTrusted } from "./pemTrusted.js";
import { inputJavaKeystore } from "./inputJavaKeystore.js";
import { base64Double } from "./base64Double.js";
import { hexGap } from "./hexGap.js";
import { hexDigit } from "./hexDigit.js";
import { mimePart } from "./mimePart.js";
import { harBody } from "./harBody.js";
import { logMessage } from "./logMessage.js";
import { captureLimit } from "./captureLimit.js";
import { inputEmpty } from "./inputEmpty.js";
import { inputHtml } from "./inputHtml.js";
import { inputUnrecognised } from "./inputUnrecognised.js";
import { inputZeros } from "./inputZeros.js";
import { ndesScepError } from "./ndesScepError.js";
import { ocspExpired } from "./ocspExpired.js";
import { ocspResponderUnauthorized } from "./ocspResponderUnauthorized.js";
import { ocspRevoked } from "./ocspRevoked.js";
import { ocspSignatureInvalid } from "./ocspSignatureInvalid.js";
import { opensslConfAttributesUnused } from "./opensslConfAttributesUnused.js";
import { opensslConfChallengeCharacters } from "./opensslConfChallengeCharacters.js";
import { opensslConfDefaultBitsTooSmall } from "./opensslConfDefaultBitsTooSmall.js";
import { opensslConfDigestWeak } from "./opensslConfDigestWeak.js";
import { opensslConfInclude } from "./opensslConfInclude.js";
import { opensslConfSanCritical } from "./opensslConfSanCritical.js";
import { opensslConfSectionMissing } from "./opensslConfSectionMissing.js";
import { opensslConfStringMaskInvalid } from "./opensslConfStringMaskInvalid.js";
import { opensslConfStringMaskMissing } from "./opensslConfStringMaskMissing.js";
import { opensslConfStringMaskUtf8 } from "./opensslConfStringMaskUtf8.js";
import { opensslConfSyntax } from "./opensslConfSyntax.js";
import { pcapCutPackets } from "./pcapCutPackets.js";
import { pcapDamaged } from "./pcapDamaged.js";
import { pcapEncrypted } from "./pcapEncrypted.js";
import { pcapFragments } from "./pcapFragments.js";
import { pcapGap } from "./pcapGap.js";
import { pcapLimit } from "./pcapLimit.js";
import { pcapLinkType } from "./pcapLinkType.js";
import { pcapTruncated } from "./pcapTruncated.js";
import { pcapNoExchange } from "./pcapNoExchange.js";
import { pemEncrypted } from "./pemEncrypted.js";
import { pemLine } from "./pemLine.js";
import { scepAttributeMissing } from "./scepAttributeMissing.js";
import { scepAttributeType } from "./scepAttributeType.js";
import { scepAttributeValue } from "./scepAttributeValue.js";
import { scepCipherNotAdvertised } from "./scepCipherNotAdvertised.js";
import { scepCipherWeak } from "./scepCipherWeak.js";
import { scepContentNotOmitted } from "./scepContentNotOmitted.js";
import { scepDigestWeak } from "./scepDigestWeak.js";
import { scepIssuedKey } from "./scepIssuedKey.js";
import { scepIssuedSubject } from "./scepIssuedSubject.js";
import { scepIssuedSubjectAltName } from "./scepIssuedSubjectAltName.js";
import { scepIssuedValidity } from "./scepIssuedValidity.js";
import { scepNonceCopied } from "./scepNonceCopied.js";
import { scepNonceLength } from "./scepNonceLength.js";
import { scepNonceMismatch } from "./scepNonceMismatch.js";
import { scepRecipientWrongRole } from "./scepRecipientWrongRole.js";
import { scepSignatureInvalid } from "./scepSignatureInvalid.js";
import { scepSignerMissing } from "./scepSignerMissing.js";
import { scepTransactionIdMismatch } from "./scepTransactionIdMismatch.js";
import { sscepConfAlgorithmWeak } from "./sscepConfAlgorithmWeak.js";
import { sscepConfFileMissing } from "./sscepConfFileMissing.js";
import { sscepConfKeyMissing } from "./sscepConfKeyMissing.js";
import { sscepConfKeyUnknown } from "./sscepConfKeyUnknown.js";
import { sscepConfRoleSwapped } from "./sscepConfRoleSwapped.js";
import { sscepConfSyntax } from "./sscepConfSyntax.js";
import { sscepConfValueInvalid } from "./sscepConfValueInvalid.js";
import { textInvisible } from "./textInvisible.js";
import { textMixedScript } from "./textMixedScript.js";
import { textNul } from "./textNul.js";
import type { AnyRule } from "./rule.js";

/** Every rule there is; a test sees to it that no file of this folder is left out. */
export const rules: readonly AnyRule[] = [
  asn1Ber,
  asn1BitString,
  asn1BitStringPadding,
  asn1Boolean,
  asn1BooleanLength,
  asn1Default,
  asn1Integer,
  ...asn1LeadingData,
  asn1Length,
  asn1LengthWrong,
  asn1Limit,
  asn1NotMinimal,
  asn1Null,
  asn1Oid,
  asn1Overrun,
  asn1SetDuplicate,
  asn1SetOrder,
  asn1StringCharacter,
  asn1StringEncoding,
  asn1Tag,
  asn1Time,
  asn1TimeForm,
  ...asn1TrailingData,
  asn1Truncated,
  asn1Unread,
  ...base64Character,
  capsEmpty,
  certCa,
  ...certChain,
  certExpired,
  certExtensionDuplicate,
  certExtensionUnknownCritical,
  certKeyTooShort,
  certNotYetValid,
  certRaKeyUsage,
  certSanMissing,
  certSerialNumber,
  certSignatureAlgorithm,
  certSignatureInvalid,
  certSignatureWeakDigest,
  certsOnlyContent,
  certsOnlyEmpty,
  certValidityEncoding,
  certValidityOrder,
  certVersion,
  cmsSignedAttrsOrder,
  crlExpired,
  crlExtensionUnknownCritical,
  crlNextUpdateMissing,
  crlSignatureInvalid,
  crlVersion,
  csrAttributeDuplicate,
  csrAttributeMalformed,
  csrAttributeMicrosoft,
  csrAttributesMissing,
  csrCaRequested,
  csrChallengeBlanks,
  csrChallengeCharacters,
  csrChallengeEmpty,
  csrChallengeMalformed,
  csrChallengeMissing,
  csrChallengeSeveral,
  csrChallengeStringType,
  csrChallengeThumbprint,
  csrChallengeTooLong,
  csrEkuAny,
  csrExtensionDuplicate,
  csrExtensionMalformed,
  csrKeyExponent,
  csrKeyModulus,
  csrKeyShared,
  csrKeySize,
  csrKeyTooShort,
  csrKeyUnsupported,
  csrKeyUsageTemplate,
  csrKeyWeak,
  csrSanCommonName,
  csrSanCritical,
  csrSanDuplicate,
  csrSanMalformed,
  csrSanMissing,
  csrSidMalformed,
  csrSidMissing,
  csrSidPresent,
  csrSignatureInvalid,
  csrSignatureUnverified,
  csrSignatureWeakDigest,
  csrSubjectBlanks,
  csrSubjectCountry,
  csrSubjectDuplicateCommonName,
  csrSubjectEmail,
  csrSubjectEmpty,
  csrSubjectMalformed,
  csrSubjectOrder,
  csrSubjectPlaceholder,
  csrSubjectStringType,
  csrSubjectTooLong,
  csrSubjectWildcard,
  csrTemplateNamed,
  csrVersion,
  httpBodyEmpty,
  httpBodyHtml,
  ...httpContentCoding,
  httpContentType,
  ...httpCut,
  httpFailure,
  ...httpFraming,
  ...httpGarbage,
  ...httpLimit,
  ...httpRequestMissing,
  httpStatus,
  httpUrlTooLong,
  inputEmpty,
  inputHtml,
  inputUnrecognised,
  inputZeros,
  ndesScepError,
  ocspExpired,
  ocspResponderUnauthorized,
  ocspRevoked,
  ocspSignatureInvalid,
  opensslConfAttributesUnused,
  opensslConfChallengeCharacters,
  opensslConfDefaultBitsTooSmall,
  opensslConfDigestWeak,
  opensslConfInclude,
  opensslConfSanCritical,
  opensslConfSectionMissing,
  opensslConfStringMaskInvalid,
  opensslConfStringMaskMissing,
  opensslConfStringMaskUtf8,
  opensslConfSyntax,
  ...pcapCutPackets,
  ...pcapDamaged,
  ...pcapEncrypted,
  ...pcapFragments,
  ...pcapGap,
  ...pcapLimit,
  ...pcapLinkType,
  ...pcapTruncated,
  pcapNoExchange,
  ...pemEncrypted,
  ...pemArmour,
  ...pemQuoted,
  ...pemLabel,
  ...pemTrusted,
  ...base64Double,
  ...inputJavaKeystore,
  ...hexGap,
  ...hexDigit,
  ...mimePart,
  ...harBody,
  ...logMessage,
  ...captureLimit,
  ...pemLine,
  scepAttributeMissing,
  scepAttributeType,
  scepAttributeValue,
  scepCipherNotAdvertised,
  scepCipherWeak,
  scepContentNotOmitted,
  scepDigestWeak,
  scepIssuedKey,
  scepIssuedSubject,
  scepIssuedSubjectAltName,
  scepIssuedValidity,
  scepNonceCopied,
  scepNonceLength,
  scepNonceMismatch,
  scepRecipientWrongRole,
  scepSignatureInvalid,
  scepSignerMissing,
  scepTransactionIdMismatch,
  sscepConfAlgorithmWeak,
  sscepConfFileMissing,
  sscepConfKeyMissing,
  sscepConfKeyUnknown,
  sscepConfRoleSwapped,
  sscepConfSyntax,
  sscepConfValueInvalid,
  textInvisible,
  textMixedScript,
  textNul,
];
