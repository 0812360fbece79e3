"""The peer over HTTP: the same actions in Django REST Framework with django-simple-history, as most teams would write them."""

from __future__ import annotations

import os
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from psycopg.conninfo import conninfo_to_dict

DATABASE = {str(name).upper(): value for name, value in conninfo_to_dict(os.environ["PEER_DATABASE"]).items()}
settings.configure(
    DATABASES={"default": {"ENGINE": "django.db.backends.postgresql", "NAME": DATABASE["DBNAME"], "USER": DATABASE["USER"],
                           "HOST": DATABASE["HOST"], "PORT": DATABASE["PORT"], "CONN_MAX_AGE": None}},
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "rest_framework", "rest_framework.authtoken",
                    "simple_history", __name__],
    MIDDLEWARE=["django.middleware.common.CommonMiddleware", "simple_history.middleware.HistoryRequestMiddleware"],
    REST_FRAMEWORK={"DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.TokenAuthentication"],
                    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
                    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
                    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"]},
    ROOT_URLCONF=__name__, SECRET_KEY="of no use outside the bench", USE_TZ=True, DEBUG=False,
    ALLOWED_HOSTS=["*"], DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
)  # fmt: skip
django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.db import connection, models, transaction  # noqa: E402
from django.shortcuts import get_object_or_404  # noqa: E402
from django.urls import path  # noqa: E402
from rest_framework import serializers  # noqa: E402
from rest_framework.authtoken.models import Token  # noqa: E402
from rest_framework.request import Request  # noqa: E402
from rest_framework.response import Response  # noqa: E402
from rest_framework.views import APIView  # noqa: E402
from simple_history.models import HistoricalRecords  # noqa: E402

from tests.benchmarks.lives import STEPS  # noqa: E402


class Case(models.Model):
    number = models.CharField(max_length=64, unique=True)
    holder = models.CharField(max_length=32)
    state = models.CharField(max_length=64)
    version = models.IntegerField(default=1)
    said = models.JSONField(default=dict)
    occurred_at = models.DateTimeField()
    history = HistoricalRecords()

    class Meta:
        app_label = "django_peer"


class Opening(serializers.Serializer[Any]):
    number = serializers.CharField(max_length=64)
    occurred_at = serializers.DateTimeField()
    said = serializers.DictField()


class Action(serializers.Serializer[Any]):
    step = serializers.ChoiceField(choices=sorted({name for name, _ in STEPS}))
    occurred_at = serializers.DateTimeField()
    said = serializers.DictField()


class Cases(APIView):
    def post(self, request: Request) -> Response:
        """Open a case."""
        form = Opening(data=request.data)
        form.is_valid(raise_exception=True)
        case = Case.objects.create(holder=request.user.username, state="register", **form.validated_data)
        return _told(case, 201)


class Actions(APIView):
    def post(self, request: Request, number: str) -> Response:
        """Take a step in a case whose version the caller knows."""
        form = Action(data=request.data)
        form.is_valid(raise_exception=True)
        with transaction.atomic():
            case = get_object_or_404(Case.objects.select_for_update(), number=number)
            if request.headers.get("If-Match") != f'"{case.version}"':
                return Response({"detail": "stale"}, status=412)
            if case.holder != request.user.username:
                return Response({"detail": "not the holder"}, status=403)
            case.state, case.version, case.said = (
                form.validated_data["step"],
                case.version + 1,
                form.validated_data["said"],
            )
            case.occurred_at = form.validated_data["occurred_at"]
            case.save()
        return _told(case, 200)


def _told(case: Case, status: int) -> Response:
    said = {"number": case.number, "state": case.state, "version": case.version, "holder": case.holder}
    return Response(said, status=status, headers={"ETag": f'"{case.version}"'})


urlpatterns = [path("cases", Cases.as_view()), path("cases/<str:number>/actions", Actions.as_view())]
app = get_wsgi_application()

if os.environ.get("PEER_TOKEN"):
    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        for model in (Case, Case.history.model):
            editor.create_model(model)
    user = User.objects.create_user("zjj")
    Token.objects.create(user=user, key=os.environ["PEER_TOKEN"])
