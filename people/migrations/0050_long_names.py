"""Names of 300 characters."""

import django.db.models.deletion
import people.models
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_merges"),
    ]

    operations = [
        migrations.AlterField(
            model_name="historicalmembership",
            name="organization",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="people.organization",
                verbose_name="organisation",
            ),
        ),
        migrations.AlterField(
            model_name="historicalorganization",
            name="name",
            field=models.CharField(
                db_index=True, max_length=300, validators=[people.models.validate_name]
            ),
        ),
        migrations.AlterField(
            model_name="historicalperson",
            name="name",
            field=models.CharField(max_length=300, validators=[people.models.validate_name]),
        ),
        migrations.AlterField(
            model_name="historicalperson",
            name="sort_name",
            field=models.CharField(
                blank=True,
                help_text="Family name first, as in “Balls, Ed”. Filled in from the name when left empty.",
                max_length=310,
            ),
        ),
        migrations.AlterField(
            model_name="historicalpersonname",
            name="name",
            field=models.CharField(max_length=300, validators=[people.models.validate_name]),
        ),
        migrations.AlterField(
            model_name="membership",
            name="organization",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="memberships",
                to="people.organization",
                verbose_name="organisation",
            ),
        ),
        migrations.AlterField(
            model_name="organization",
            name="name",
            field=models.CharField(
                max_length=300, unique=True, validators=[people.models.validate_name]
            ),
        ),
        migrations.AlterField(
            model_name="person",
            name="name",
            field=models.CharField(max_length=300, validators=[people.models.validate_name]),
        ),
        migrations.AlterField(
            model_name="person",
            name="sort_name",
            field=models.CharField(
                blank=True,
                help_text="Family name first, as in “Balls, Ed”. Filled in from the name when left empty.",
                max_length=310,
            ),
        ),
        migrations.AlterField(
            model_name="personname",
            name="name",
            field=models.CharField(max_length=300, validators=[people.models.validate_name]),
        ),
    ]
