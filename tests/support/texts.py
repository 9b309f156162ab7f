"""Articles written for the recorded tests."""

from __future__ import annotations

SALE = """The painter's daughter sold 14 of his pictures at an auction in Vienna for 2.3 million euros on Friday, of which she gave half to a hospital. A buyer from Texas paid 810,000 euros for the largest, which shows the Danube in winter, and twice as much as expected for a drawing of a horse.

The painter, who died in 1987, never sold a picture for more than 9,000 schillings in his life. The daughter kept six. Her brother, who had wanted to keep all twenty, did not come.

The auction house takes 18% of each price. It expects to sell 300 pictures this spring, 40 fewer than last year, and to earn 7 million euros with them."""

OIL = """Oil fell by $3.40 to $71.15 a barrel on Wednesday, its largest fall in a day since August, after stocks in America rose by 5.6 million barrels in a week, four times what had been expected. Gas lost 2%.

Producers had agreed to cut output by 400,000 barrels a day from June. Iraq pumped 180,000 barrels a day more than it had promised, Kazakhstan 95,000. Saudi Arabia said that it would not cut alone.

Analysts at Nordhav expect $65 by December; those at Brisk & Co. expect $80. In January both had expected more than $90. Airlines gained between 3% and 5%, and Wolke Air, which had bought no oil ahead, 11%."""
