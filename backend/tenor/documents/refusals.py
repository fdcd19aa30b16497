"""Why a file is not accepted, one class per fact. Never a fault of ours: each sentence tells the seller the way out."""

from tenor.kernel.errors import Invalid, TenorError, Unavailable


class DocumentRefused(Invalid):
    """Any refusal of a file for what it is or holds."""


class FileEmpty(DocumentRefused):
    pass


class FileTooLarge(DocumentRefused):
    status = 413


class FileTypeUnsupported(DocumentRefused):
    status = 415


class FileEncrypted(DocumentRefused):
    pass


class FileBroken(DocumentRefused):
    pass


class FileHasActiveContent(DocumentRefused):
    pass


class FileHasAttachments(DocumentRefused):
    pass


class FileHasTooManyPages(DocumentRefused):
    pass


class PageTooLarge(DocumentRefused):
    pass


class PageMissing(DocumentRefused):
    status = 404


class XmlUnsafe(DocumentRefused):
    pass


class EInvoiceUnsupported(DocumentRefused):
    """XML, but none of the invoice formats that are read."""


class ReadingTooExpensive(DocumentRefused):
    """The file needs more memory or time than one document may take (P104, P105)."""


class ReaderFailed(Unavailable):
    """The reading process died for a reason that is not the file's; trying again may help."""


class ContentMismatch(Unavailable):
    """A store returned bytes that are not those of the CID (P118)."""


class DocumentMissing(TenorError):
    status = 404


class StoreUnavailable(Unavailable):
    pass


class StoreExposed(TenorError):
    """The store's administrative interface is not on loopback (P119)."""

    status = 500


class ScannerUnavailable(Unavailable):
    pass


class SealBroken(TenorError):
    """Wrong key, wrong document, or altered bytes: the sealed document cannot be opened."""

    status = 409


def refusal_named(code: str, sentence: str) -> TenorError:
    """The refusal that the reading process reported by its code, to be raised here."""
    classes: dict[str, type[TenorError]] = {cls.code: cls for cls in DocumentRefused.__subclasses__()}
    return classes.get(code, ReaderFailed)(sentence)
