"""What the driver raises, said in the service's own errors: whole sentences, never a secret.

Sentences that name the Neo4j in use are for those who run the service; its clients are told what `outside` says.
"""

from neo4j.exceptions import (
    AuthError,
    ConfigurationError,
    ConstraintError,
    DatabaseUnavailable,
    DriverError,
    IncompleteCommit,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)

from graph_api.errors import AWAY, Code, GraphApiError, ServiceUnavailableError, TooCostlyError, UserInputError
from graph_api.store.endpoint import Endpoint


class SetUpError(UserInputError):
    """Neo4j, or what the settings say of it, is not such that it can be used: its operator has to mend it."""

    outside = AWAY


class CredentialsError(SetUpError):
    """Neo4j refuses the user or the password."""


class UnsupportedVersionError(SetUpError):
    """The Neo4j is older than the oldest that is supported."""


class NoAnswerError(ServiceUnavailableError):
    """Neo4j does not answer, or not now."""

    outside = AWAY


class StatementTimeoutError(GraphApiError):
    """A statement took longer than it may."""

    code = Code.TIMEOUT


class ConflictError(GraphApiError):
    """Another write was there first, or a uniqueness constraint speaks against this one."""

    code = Code.CONFLICT


class TakenError(ConflictError):
    """A uniqueness constraint speaks against the write: what is unique is taken, now and the next time."""


class OutcomeUnknownError(ServiceUnavailableError):
    """The connection broke while Neo4j confirmed a commit: it may have happened or not."""

    outside = (
        "The graph was lost during a commit: whether the change was saved is unknown; send it again with the same"
        " idempotency key, or look first."
    )


TOO_MUCH = frozenset(
    {
        "Neo.TransientError.General.MemoryPoolOutOfMemoryError",
        "Neo.TransientError.General.TransactionOutOfMemoryError",
    }
)

NO_ANSWER = "Neo4j at {uri} does not answer; start it, or correct NEO4J_URI."
# Whoever uses the embedded engine has named no address, and need not start it.
NO_ANSWER_EMBEDDED = (
    "The embedded Neo4j does not answer; when it ended, it is started again by itself: try again in some seconds."
)

# What a driver's error means to whoever asked: the first line that fits, by type or by Neo4j's code, speaks.
MEANINGS: tuple[tuple[tuple[type[Exception], ...] | frozenset[str], type[GraphApiError], str], ...] = (
    (
        frozenset({"Neo.ClientError.Security.AuthenticationRateLimit"}),
        CredentialsError,
        "Neo4j at {uri} has refused user {user!r} too often; correct NEO4J_PASSWORD, wait some seconds, and try again.",
    ),
    (
        frozenset({"Neo.ClientError.Security.CredentialsExpired"}),
        CredentialsError,
        "The password of user {user!r} at {uri} must be changed before it serves; change it, then set NEO4J_PASSWORD.",
    ),
    (
        frozenset({"Neo.ClientError.Security.Forbidden"}),
        SetUpError,
        "User {user!r} at {uri} may not do this; give it the right to read and write, and to change the schema.",
    ),
    (
        (AuthError,),
        CredentialsError,
        "Neo4j at {uri} refuses the password of user {user!r}; correct NEO4J_USER and NEO4J_PASSWORD.",
    ),
    (
        (IncompleteCommit,),
        OutcomeUnknownError,
        (
            "The connection to Neo4j at {uri} broke during a commit: whether the change was saved is unknown; send it"
            " again with the same idempotency key, or look first."
        ),
    ),
    (
        (ServiceUnavailable, SessionExpired),
        NoAnswerError,
        NO_ANSWER,
    ),
    (
        (ConfigurationError,),
        SetUpError,
        "NEO4J_URI cannot be used as it is: it looks like bolt://host:7687, or neo4j+s://host for an encrypted one.",
    ),
    (
        (ConstraintError,),
        TakenError,
        "Another item has the same key or link already; choose another key, or change the item that is there.",
    ),
    (
        frozenset(
            {
                "Neo.ClientError.Transaction.TransactionTimedOut",
                "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration",
            }
        ),
        StatementTimeoutError,
        "Neo4j stopped a statement that took too long; ask for less at once, or allow more time.",
    ),
    (
        TOO_MUCH,
        TooCostlyError,
        "Neo4j has not enough memory for this statement; ask for less at once, or give Neo4j more memory.",
    ),
    (
        frozenset(
            {
                "Neo.TransientError.Transaction.DeadlockDetected",
                "Neo.ClientError.Transaction.LockAcquisitionTimeout",
                "Neo.TransientError.Transaction.LockAcquisitionTimeout",
                # Said of a rule that two make at once, in spite of IF NOT EXISTS.
                "Neo.ClientError.Schema.EquivalentSchemaRuleAlreadyExists",
            }
        ),
        ConflictError,
        "Another change was being written at the same time; send this one again.",
    ),
    (
        frozenset({"Neo.ClientError.Database.DatabaseNotFound"}),
        SetUpError,
        "Neo4j at {uri} has no database {database!r}; correct NEO4J_DATABASE.",
    ),
    (
        (DriverError, TransientError, DatabaseUnavailable),
        NoAnswerError,
        "Neo4j at {uri} cannot serve at the moment; try again shortly.",
    ),
    (
        (Neo4jError,),
        GraphApiError,
        "Neo4j refused a statement of this service ({code}): a fault of the service; please report it.",
    ),
)


def translated(error: DriverError | Neo4jError, endpoint: Endpoint) -> GraphApiError:
    """Find the error of the service that says what the driver's error means."""
    code = error.code if isinstance(error, Neo4jError) else None
    for sign, meaning, sentence in MEANINGS:
        if (code in sign) if isinstance(sign, frozenset) else isinstance(error, sign):
            details = {"uri": endpoint.uri, "user": endpoint.user, "database": endpoint.database, "code": code}
            fitting = NO_ANSWER_EMBEDDED if endpoint.engine and sentence == NO_ANSWER else sentence
            return meaning(fitting.format(**details))
    raise error  # unreachable by the types: the last two lines fit every error
