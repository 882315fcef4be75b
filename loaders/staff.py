"""People on the staff and their keys, in batches."""

from tortoise.queryset import QuerySet

from loaders.reading import ByKey, ByParent
from loaders.rows import staff as rows
from models.staff import AccessToken, StaffUser


class StaffUserByKey(ByKey[int, rows.StaffUser]):
    """People by id."""

    row = rows.StaffUser

    def query(self) -> QuerySet[StaffUser]:
        """Everybody, those who left too."""
        return StaffUser.all()


class TokenByKey(ByKey[int, rows.AccessToken]):
    """Keys by id."""

    row = rows.AccessToken

    def query(self) -> QuerySet[AccessToken]:
        """Every key, those that are over too."""
        return AccessToken.all()


class SessionsOfUser(ByParent[int, rows.AccessToken]):
    """The sessions of a person that have not been ended, the newest first."""

    row = rows.AccessToken
    parent = "user_id"

    def query(self) -> QuerySet[AccessToken]:
        """Newest first."""
        return AccessToken.filter(revoked_at__isnull=True).order_by("-id")
