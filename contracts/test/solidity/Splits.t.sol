// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Shares} from "../../contracts/Shares.sol";
import {TestDollar} from "../../contracts/TestDollar.sol";
import {ICredits, Offering} from "../../contracts/interfaces/ICredits.sol";
import {CreditSignatures} from "./CreditSignatures.sol";
import {deploy} from "./deploy.sol";
import {deployShares} from "./deployShares.sol";
import {magnitude, random} from "./random.sol";
import {VM} from "./Vm.sol";

/// @notice Revenue is divided as its offering says, in however many pieces it is consumed, released and claimed.
contract SplitsTest {
    uint256 private constant OPERATOR_KEY = 7;
    address private constant TREASURY = address(0x7EA5);

    TestDollar private _token;
    ICredits private _credits;
    Offering private _offering;

    function setUp() public {
        _token = TestDollar(deploy("TestDollar"));
        _credits = ICredits(deploy("Credits"));
        _token.approve(address(_credits), type(uint256).max);
    }

    /// hardhat-config: fuzz.runs = 128
    function testFuzz_divideWhateverIsConsumed(uint256 seed, uint64 price, uint16 holdersBps, uint16 treasuryBps)
        public
    {
        if (price == 0) price = 1;
        holdersBps %= 10_001;
        treasuryBps %= 10_001 - holdersBps;
        _register(price, holdersBps, treasuryBps);
        uint48 bought = uint48(magnitude(random(seed, "bought"), type(uint48).max));
        uint256 cost = (uint256(bought) * price + 999_999_999) / 1e9;
        _token.mint(address(this), cost);
        _credits.buy(_offering, bought, address(this));

        uint256 consumed;
        for (uint256 i; i < 8; ++i) {
            uint256 step = random(seed, i);
            uint256 credits = step % (bought - consumed + 1);
            if (credits == 0) continue;
            consumed += credits;
            _credits.consume(_offering, credits, 0);
            if (step % 3 == 0) _credits.release(_offering);
            if (step % 5 == 0) _credits.claim(_offering, uint8(random(step, "role") % 2));
        }
        _credits.release(_offering);
        _credits.claim(_offering, 0);
        _credits.claim(_offering, 1);

        uint256 revenue = consumed * price / 1e9;
        uint256 treasury = _token.balanceOf(TREASURY);
        require(_token.balanceOf(_offering.model) == revenue * holdersBps / 10_000, "holders");
        require(Shares(_offering.model).lifetimeRevenue() == revenue * holdersBps / 10_000, "accrued");
        // What is left over by the holders' part may fall to the treasury: less than a unit.
        uint256 due = revenue * treasuryBps / 10_000;
        require(treasury == due || (treasury == due + 1 && treasuryBps != 0), "treasury");
        require(
            _token.balanceOf(_offering.operator) == revenue - revenue * holdersBps / 10_000 - treasury, "operator"
        );
        require(_token.balanceOf(address(_credits)) == cost - revenue, "escrow");
        // The whole is left to pay back what is not consumed.
        require(_credits.escrow(_offering) <= cost - revenue, "not covered");
    }

    function _register(uint64 price, uint16 holdersBps, uint16 treasuryBps) private {
        _offering.model = address(deployShares(_token, address(this), 1_000_003));
        _offering.paymentToken = address(_token);
        _offering.pricePerMillion = price;
        (_offering.holdersBps, _offering.treasuryBps) = (holdersBps, treasuryBps);
        (_offering.treasury, _offering.operator) = (TREASURY, VM.addr(OPERATOR_KEY));
        _offering.sellUntil = type(uint64).max;
        _offering.exitDelay = 1 hours;
        _credits.register(_offering, CreditSignatures.registration(_credits, _offering, OPERATOR_KEY));
    }

    function onERC1155Received(address, address, uint256, uint256, bytes calldata) external pure returns (bytes4) {
        return this.onERC1155Received.selector;
    }
}
