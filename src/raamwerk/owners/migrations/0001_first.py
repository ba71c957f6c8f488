"""Owners and their access keys."""

import django.db.models.deletion
from django.db import migrations, models
from django.utils import timezone

from raamwerk.plain_sql import finish_schema

ID = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Owner",
            fields=[
                ("id", ID.clone()),
                ("created_at", models.DateTimeField(default=timezone.now)),
                ("used_on", models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name="AccessKey",
            fields=[
                ("id", ID.clone()),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("wrapped_key", models.BinaryField(null=True)),
                ("created_at", models.DateTimeField(default=timezone.now)),
                ("used_on", models.DateField()),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="access_keys",
                        to="owners.owner",
                    ),
                ),
            ],
        ),
        migrations.RunPython(finish_schema, migrations.RunPython.noop),
    ]
