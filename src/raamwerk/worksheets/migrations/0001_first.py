"""The first tables: keys, worksheets, attention points and marks."""

import django.db.models.deletion
from django.db import migrations, models

from raamwerk.plain_sql import finish_schema


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Key",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="Worksheet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("framework", models.CharField(max_length=100)),
                ("edition", models.CharField(max_length=100)),
                ("role", models.CharField(max_length=100)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("school", models.CharField(blank=True, max_length=200)),
                ("occasion", models.CharField(blank=True, max_length=200)),
                ("changed_at", models.DateTimeField(db_index=True)),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="worksheets",
                        to="worksheets.key",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Mark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("statement", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[("work-on", "work-on"), ("talk-over", "talk-over")], max_length=20
                    ),
                ),
                (
                    "worksheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="marks",
                        to="worksheets.worksheet",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AttentionPoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("field", models.CharField(max_length=200)),
                ("text", models.TextField(blank=True)),
                ("writer", models.CharField(blank=True, max_length=40)),
                ("sequence", models.BigIntegerField(default=0)),
                (
                    "worksheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="points",
                        to="worksheets.worksheet",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="worksheet",
            constraint=models.UniqueConstraint(
                fields=("key", "framework", "role"), name="one_worksheet_per_role"
            ),
        ),
        migrations.AddConstraint(
            model_name="mark",
            constraint=models.UniqueConstraint(
                fields=("worksheet", "statement", "kind"), name="one_mark_per_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="attentionpoint",
            constraint=models.UniqueConstraint(
                fields=("worksheet", "field"), name="one_point_per_field"
            ),
        ),
        migrations.RunPython(finish_schema, migrations.RunPython.noop),
    ]
