// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Shares} from "../../contracts/Shares.sol";
import {TestDollar} from "../../contracts/TestDollar.sol";
import {ICredits, Offering} from "../../contracts/interfaces/ICredits.sol";
import {ManyHolders} from "../../contracts/test/ManyHolders.sol";
import {CreditSignatures} from "./CreditSignatures.sol";
import {deploy} from "./deploy.sol";
import {deployShares} from "./deployShares.sol";
import {VM} from "./Vm.sol";

/// @notice A model with 10,000 holders earns, and pays each of them, as one with two does.
contract TenThousandHoldersTest {
    uint64 private constant HOLDERS = 10_000;
    /// @dev The addresses below are precompiled contracts, or may become some.
    uint160 private constant FIRST_HOLDER = 2 ** 32;
    address private constant FOUNDER = address(0xF0);
    address private constant TREASURY = address(0x7EA5);
    uint256 private constant OPERATOR_KEY = 7;
    uint256 private constant SIGNER_KEY = 8;
    uint48 private constant CREDITS = 1e12;
    /// @dev A prime, so that nothing divides evenly.
    uint64 private constant SUPPLY = 1_000_003;

    TestDollar private _token;
    ICredits private _credits;
    Shares private _shares;
    Offering private _offering;

    /// @dev A unit for each of the crowd, the rest for the founder; and a session of a consumer, this contract.
    function setUp() public {
        _token = TestDollar(deploy("TestDollar"));
        _credits = ICredits(deploy("Credits"));
        ManyHolders crowd = ManyHolders(deploy("ManyHolders"));
        address[] memory holders = new address[](2);
        uint64[] memory amounts = new uint64[](2);
        (holders[0], holders[1]) = (FOUNDER, address(crowd));
        (amounts[0], amounts[1]) = (SUPPLY - HOLDERS, HOLDERS);
        _shares = deployShares(_token, address(this), holders, amounts);
        crowd.give(_shares, FIRST_HOLDER, HOLDERS);

        _offering.model = address(_shares);
        _offering.paymentToken = address(_token);
        // A base unit for a millicredit.
        _offering.pricePerMillion = 1e9;
        (_offering.holdersBps, _offering.treasuryBps) = (5_000, 1_000);
        (_offering.treasury, _offering.operator) = (TREASURY, VM.addr(OPERATOR_KEY));
        _offering.sellUntil = type(uint64).max;
        _offering.exitDelay = 1 hours;
        _credits.register(_offering, CreditSignatures.registration(_credits, _offering, OPERATOR_KEY));
        _token.mint(address(this), CREDITS);
        _token.approve(address(_credits), CREDITS);
        _credits.buyAndOpen(_offering, VM.addr(SIGNER_KEY), 0, CREDITS);
    }

    function test_paysEverybodyToTheUnit() public {
        // Some claim every time, some once at the end. The last revenue is less than a unit for each.
        _settle(123_456_789_011);
        _claim(HOLDERS / 2);
        _settle(123_456_789_024);
        _settle(400_000_000_007);
        _claim(HOLDERS / 3);
        _settle(400_000_900_001);
        _claim(HOLDERS);
        _shares.claim(FOUNDER);
        _credits.claim(_offering, 0);
        _credits.claim(_offering, 1);

        uint256 released = 400_000_900_001;
        uint256 revenue = released / 2;
        uint256 paid;
        for (uint160 i; i <= HOLDERS; ++i) {
            (address holder, uint256 units) = (address(FIRST_HOLDER + i), 1);
            if (i == HOLDERS) (holder, units) = (FOUNDER, SUPPLY - HOLDERS);
            uint256 received = _token.balanceOf(holder);
            uint256 due = revenue * units / SUPPLY;
            // Revenue per share is a binary fraction, rounded down.
            require(received == due || received + 1 == due, "a holder's part");
            paid += received;
        }
        require(_shares.lifetimeRevenue() == revenue, "revenue");
        require(_shares.claimedRevenue() == paid, "claimed");
        require(_token.balanceOf(address(_shares)) == revenue - paid, "held by the shares");
        require(revenue - paid <= HOLDERS + 1, "more than a unit of a holder is left");
        require(_token.balanceOf(TREASURY) == released / 10, "treasury");
        require(_token.balanceOf(_offering.operator) == released - revenue - released / 10, "operator");
        require(_token.balanceOf(address(_credits)) == CREDITS - released, "escrow");
    }

    /// @dev The session has used so many millicredits, of which the revenue is released.
    function _settle(uint48 used) private {
        bytes32 id = _credits.sessionId(_credits.offeringId(_offering), address(this), VM.addr(SIGNER_KEY), 0);
        _credits.settleAndRelease(_offering, CreditSignatures.voucherRow(_credits, id, used, SIGNER_KEY), 0);
    }

    /// @dev The first so many of the crowd.
    function _claim(uint160 count) private {
        for (uint160 i; i < count; ++i) {
            _shares.claim(address(FIRST_HOLDER + i));
        }
    }
}
