"""Why the coders of an adjudicated stance differed."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('quotes', '0020_codebook_meaning'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalstance',
            name='error_type',
            field=models.CharField(blank=True, choices=[('ambiguous', 'The text can be read both ways'), ('guideline-gap', 'The codebook does not say'), ('coder-error', "A coder's mistake"), ('edge-case', 'An edge case of the codebook'), ('real-disagreement', 'A real disagreement')], default='', editable=False, help_text='Why the coders differed, where an adjudicator settled it.', max_length=20),
        ),
        migrations.AddField(
            model_name='stance',
            name='error_type',
            field=models.CharField(blank=True, choices=[('ambiguous', 'The text can be read both ways'), ('guideline-gap', 'The codebook does not say'), ('coder-error', "A coder's mistake"), ('edge-case', 'An edge case of the codebook'), ('real-disagreement', 'A real disagreement')], default='', editable=False, help_text='Why the coders differed, where an adjudicator settled it.', max_length=20),
        ),
        migrations.AddConstraint(
            model_name='stance',
            constraint=models.CheckConstraint(condition=models.Q(('error_type', ''), models.Q(('basis', 'adjudicated'), ('error_type__in', ['ambiguous', 'guideline-gap', 'coder-error', 'edge-case', 'real-disagreement'])), _connector='OR'), name='stance_error_type_of_adjudicated'),
        ),
    ]
